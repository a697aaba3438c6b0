package io.metachat.kafka.relay;

import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;

/**
 * Publishes events once more that the relay has published before, for consumers that want to do their work again. An
 * event keeps its identifier, and its record has the extension {@code ce_republished}. It may come after later events
 * of its aggregate: only who can tell an older state from the current one should listen to such a topic. Thread-safe.
 */
public interface EventRepublisher {

    /**
     * Returns when the broker has all of them, however long that takes. Events without a route are passed over; what
     * cannot be published is set aside as the relay does it.
     *
     * @throws InterruptedException when the thread is interrupted or the application ends first; some may be published
     */
    void republish(List<? extends DomainEventMessage<?>> events) throws InterruptedException;
}
