package io.metachat.kafka.relay;

import org.jspecify.annotations.Nullable;

/** An event that no number of attempts will make sense of. The message becomes its dead letter's reason. */
public final class MalformedEventException extends RuntimeException {

    /** @param reason what is wrong, without the event's content */
    public MalformedEventException(String reason) {
        this(reason, null);
    }

    /** @param reason what is wrong, without the event's content */
    public MalformedEventException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
