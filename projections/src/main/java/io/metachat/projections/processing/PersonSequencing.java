package io.metachat.projections.processing;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;

/**
 * What concerns one person is handled in order: the streams {@code user-<uuid>}, {@code diary-<uuid>} and
 * {@code search-<uuid>} are one sequence. Other aggregates, and events without one, are sequences of their own.
 */
final class PersonSequencing implements SequencingPolicy<EventMessage<?>> {

    @Override
    public Object getSequenceIdentifierFor(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> domainEvent
                ? sequenceOf(domainEvent.getAggregateIdentifier())
                : event.getIdentifier();
    }

    /** The sequence of a stream: what follows its category. */
    static String sequenceOf(String stream) {
        return stream.substring(stream.indexOf('-') + 1);
    }
}
