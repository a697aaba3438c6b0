package io.metachat.kafka.relay;

import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;

/**
 * Republishes events, for consumers that must process them again. An event keeps its identifier, and its record has the
 * extension {@code ce_republished}. It may arrive after later events of its aggregate, so consumers of such a topic must
 * distinguish an older state from the current one. Thread-safe.
 */
public interface EventRepublisher {

    /**
     * Returns when the broker has acknowledged all of them, however long that takes. Events without a route are skipped.
     * An event that cannot be published becomes a dead letter.
     *
     * @throws InterruptedException when the thread is interrupted, or the application ends; some events may be published
     */
    void republish(List<? extends DomainEventMessage<?>> events) throws InterruptedException;
}
