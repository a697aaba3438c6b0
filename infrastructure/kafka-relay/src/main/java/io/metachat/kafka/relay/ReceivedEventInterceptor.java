package io.metachat.kafka.relay;

/** Goes around the handling of every received event, such as to restore its correlation. */
@FunctionalInterface
public interface ReceivedEventInterceptor {

    /** Calls {@code handling} once and lets its exceptions pass. */
    void around(ReceivedEvent event, Handling handling) throws Exception;

    /** The rest of the handling. */
    @FunctionalInterface
    interface Handling {
        void proceed() throws Exception;
    }
}
