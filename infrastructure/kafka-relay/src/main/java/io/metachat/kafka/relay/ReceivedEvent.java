package io.metachat.kafka.relay;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent as it came from Kafka.
 *
 * @param id the same again when the event is delivered again
 * @param type its public name
 * @param source who published it
 * @param subject what it is about
 * @param time when it happened
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

    /** Without the content, which may be personal. */
    @Override
    public String toString() {
        return "ReceivedEvent[" + type + " " + id + "]";
    }
}
