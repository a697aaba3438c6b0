package io.metachat.diary.snapshot;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** UUIDs as bytes, 16 each. */
public final class UuidBytes {

    private static final int LENGTH = 2 * Long.BYTES;

    private UuidBytes() {}

    public static ByteString of(UUID uuid) {
        return of(List.of(uuid));
    }

    public static ByteString of(Collection<UUID> uuids) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH * uuids.size());
        uuids.forEach(uuid -> bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits()));
        return ByteString.copyFrom(bytes.flip());
    }

    /** @throws IllegalStateException when these are not whole UUIDs */
    public static List<UUID> read(ByteString text) {
        if (text.size() % LENGTH != 0) {
            throw new IllegalStateException("No UUIDs in " + text.size() + " bytes");
        }
        ByteBuffer bytes = text.asReadOnlyByteBuffer();
        List<UUID> uuids = new ArrayList<>(text.size() / LENGTH);
        while (bytes.hasRemaining()) {
            uuids.add(new UUID(bytes.getLong(), bytes.getLong()));
        }
        return uuids;
    }

    /** @throws IllegalStateException when it is not one UUID */
    public static UUID readOne(ByteString bytes) {
        List<UUID> uuids = read(bytes);
        if (uuids.size() != 1) {
            throw new IllegalStateException("Not one UUID but " + uuids.size());
        }
        return uuids.get(0);
    }
}
