package io.metachat.embedded.eventstoredb.internal.stream;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.UUID;

/**
 * A stored event, with its revision and its position.
 *
 * @param position its start in the log, which is both commit and prepare position
 * @param createdTicks the time of the write, in 100-nanosecond ticks since the Unix epoch
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
