package io.metachat.embedded.eventstoredb.internal.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The keys for positions, streams and revisions. Byte order is their order. */
public final class Keys {

    private static final int NAME_LENGTH = Short.BYTES;

    private Keys() {}

    public static byte[] ofPosition(long position) {
        return ByteBuffer.allocate(Long.BYTES).putLong(position).array();
    }

    static long positionIn(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    /**
     * Returns the key of a stream's revision. All revisions of a stream are adjacent and in order, and no stream's name
     * is a prefix of another stream's key.
     */
    public static byte[] ofRevision(String stream, long revision) {
        byte[] name = stream.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(NAME_LENGTH + name.length + Long.BYTES)
                .putShort((short) name.length)
                .put(name)
                .putLong(revision)
                .array();
    }

    static boolean sameStream(byte[] key, byte[] other) {
        return key.length == other.length
                && Arrays.equals(key, 0, key.length - Long.BYTES, other, 0, other.length - Long.BYTES);
    }

    static long revisionIn(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
    }

    static String streamIn(byte[] key) {
        return new String(key, NAME_LENGTH, key.length - NAME_LENGTH - Long.BYTES, StandardCharsets.UTF_8);
    }
}
