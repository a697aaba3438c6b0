package io.metachat.kafka.relay;

/** Handles the events of one type. Events of one key arrive one after the other, each at least once. */
@FunctionalInterface
public interface CloudEventHandler {

    /**
     * Handles the event; it counts as consumed when this returns.
     *
     * @throws MalformedEventException when it can never be handled: it goes to the dead-letter topic
     * @throws Exception when it cannot be handled now: it is tried again
     */
    void handle(ReceivedEvent event) throws Exception;
}
