package io.metachat.embedded.eventstoredb.internal.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.metachat.embedded.eventstoredb.internal.storage.StorageException;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The stored form of an event. Its key is the position; its first byte is the version of the layout. */
public final class EventCodec {

    private static final byte LAYOUT = 1;
    private static final int FIXED = 1 + 8 + 8 + 16 + 5 * Integer.BYTES;

    private EventCodec() {}

    public static byte[] encode(StoredEvent event) {
        byte[] stream = event.stream().getBytes(StandardCharsets.UTF_8);
        byte[] type = event.type().getBytes(StandardCharsets.UTF_8);
        byte[] contentType = event.contentType().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(FIXED
                + stream.length
                + type.length
                + contentType.length
                + event.data().size()
                + event.metadata().size());
        bytes.put(LAYOUT)
                .putLong(event.revision())
                .putLong(event.createdTicks())
                .putLong(event.id().getMostSignificantBits())
                .putLong(event.id().getLeastSignificantBits());
        bytes.putInt(stream.length).put(stream);
        bytes.putInt(type.length).put(type);
        bytes.putInt(contentType.length).put(contentType);
        bytes.putInt(event.metadata().size());
        event.metadata().copyTo(bytes);
        bytes.putInt(event.data().size());
        event.data().copyTo(bytes);
        return bytes.array();
    }

    static StoredEvent decode(long position, byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        byte layout = bytes.get();
        if (layout != LAYOUT) {
            throw new StorageException("the event at " + position + " has the unknown layout " + layout);
        }
        long revision = bytes.getLong();
        long createdTicks = bytes.getLong();
        UUID id = new UUID(bytes.getLong(), bytes.getLong());
        String stream = text(bytes);
        String type = text(bytes);
        String contentType = text(bytes);
        ByteString metadata = slice(bytes);
        ByteString data = slice(bytes);
        return new StoredEvent(position, stream, revision, id, type, contentType, createdTicks, data, metadata);
    }

    private static String text(ByteBuffer bytes) {
        int length = bytes.getInt();
        String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
        bytes.position(bytes.position() + length);
        return text;
    }

    /** Wraps the array without a copy, because nothing changes it. */
    private static ByteString slice(ByteBuffer bytes) {
        int length = bytes.getInt();
        ByteString slice = UnsafeByteOperations.unsafeWrap(bytes.array(), bytes.position(), length);
        bytes.position(bytes.position() + length);
        return slice;
    }
}
