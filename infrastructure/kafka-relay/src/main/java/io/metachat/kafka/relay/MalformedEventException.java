package io.metachat.kafka.relay;

import org.jspecify.annotations.Nullable;

/** An event that can never be handled. The message becomes the reason of its dead letter. */
public final class MalformedEventException extends RuntimeException {

    /** @param reason the reason, without the event's content */
    public MalformedEventException(String reason) {
        this(reason, null);
    }

    /** @param reason the reason, without the event's content */
    public MalformedEventException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
