package io.metachat.axon.eventstoredb.engine;

import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/** Events of aggregates with an identifying payload. */
final class TestEvents {

    private TestEvents() {}

    static String aggregate() {
        return "thing-" + UUID.randomUUID();
    }

    static DomainEventMessage<String> event(String aggregate, long sequence) {
        return event(aggregate, sequence, aggregate + "@" + sequence);
    }

    static DomainEventMessage<String> event(String aggregate, long sequence, String payload) {
        return new GenericDomainEventMessage<>("Thing", aggregate, sequence, payload);
    }

    /** Returns the events from the first number up to the second, exclusive. */
    static List<DomainEventMessage<String>> events(String aggregate, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(sequence -> event(aggregate, sequence))
                .toList();
    }
}
