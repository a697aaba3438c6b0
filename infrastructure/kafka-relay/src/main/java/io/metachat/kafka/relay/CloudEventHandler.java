package io.metachat.kafka.relay;

/** Handles the events of one type. Events of one key arrive in order, each at least once. */
@FunctionalInterface
public interface CloudEventHandler {

    /**
     * Handles the event. It counts as consumed when this returns.
     *
     * @throws MalformedEventException when the event can never be handled; it goes to the dead-letter topic
     * @throws Exception when the event cannot be handled now; it is retried
     */
    void handle(ReceivedEvent event) throws Exception;
}
