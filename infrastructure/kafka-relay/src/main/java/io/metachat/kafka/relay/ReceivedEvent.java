package io.metachat.kafka.relay;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent received from Kafka.
 *
 * @param id the identifier, which is the same on redelivery
 * @param type its public name
 * @param source the publisher
 * @param subject the subject, such as an aggregate's identifier
 * @param time the time of the event
 * @param data its content
 * @param extensions further attributes, without the prefix {@code ce_}
 */
public record ReceivedEvent(
        String id,
        String type,
        String source,
        @Nullable String subject,
        @Nullable Instant time,
        byte[] data,
        Map<String, String> extensions) {

    public ReceivedEvent {
        extensions = Map.copyOf(extensions);
    }

    /** Omits the content, which may be personal. */
    @Override
    public String toString() {
        return "ReceivedEvent[" + type + " " + id + "]";
    }
}
