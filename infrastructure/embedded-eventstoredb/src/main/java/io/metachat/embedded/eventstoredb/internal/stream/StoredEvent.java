package io.metachat.embedded.eventstoredb.internal.stream;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.UUID;

/**
 * An event at its place in its stream and in the log.
 *
 * @param position where it begins in the log; commit and prepare position are the same here
 * @param createdTicks when it was written, in 100-nanosecond ticks since the Unix epoch
 */
public record StoredEvent(
        long position,
        String stream,
        long revision,
        UUID id,
        String type,
        String contentType,
        long createdTicks,
        ByteString data,
        ByteString metadata) {

    public boolean isLink() {
        return type.equals(EventTypes.LINK);
    }

    public Instant created() {
        return Ticks.toInstant(createdTicks);
    }
}
