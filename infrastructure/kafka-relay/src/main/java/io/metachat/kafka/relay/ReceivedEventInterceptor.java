package io.metachat.kafka.relay;

/** Wraps the handling of every received event, for example to restore its correlation. */
@FunctionalInterface
public interface ReceivedEventInterceptor {

    /** Calls {@code handling} once and propagates its exceptions. */
    void around(ReceivedEvent event, Handling handling) throws Exception;

    /** The rest of the handling. */
    @FunctionalInterface
    interface Handling {
        void proceed() throws Exception;
    }
}
