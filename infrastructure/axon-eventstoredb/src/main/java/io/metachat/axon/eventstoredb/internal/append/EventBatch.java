package io.metachat.axon.eventstoredb.internal.append;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.ExpectedRevision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;

/** Consecutive events of one stream, appended together. */
public final class EventBatch {

    private final String stream;
    private final List<EventMessage<?>> events = new ArrayList<>();

    private EventBatch(String stream) {
        this.stream = stream;
    }

    /** Splits the events where the stream changes, in order. */
    public static List<EventBatch> of(
            List<? extends EventMessage<?>> events, Function<EventMessage<?>, String> streamOf) {
        List<EventBatch> batches = new ArrayList<>();
        for (EventMessage<?> event : events) {
            String stream = streamOf.apply(event);
            if (batches.isEmpty() || !batches.get(batches.size() - 1).stream.equals(stream)) {
                batches.add(new EventBatch(stream));
            }
            batches.get(batches.size() - 1).events.add(event);
        }
        return batches;
    }

    /** Returns the events with the identifier of an earlier one. The server would take them for repetitions. */
    public static List<EventMessage<?>> repeated(List<? extends EventMessage<?>> events) {
        Set<String> identifiers = new HashSet<>();
        List<EventMessage<?>> repeated = new ArrayList<>();
        for (EventMessage<?> event : events) {
            if (!identifiers.add(event.getIdentifier())) {
                repeated.add(event);
            }
        }
        return repeated;
    }

    /** Returns the exception for a {@link #repeated} event. */
    public static RuntimeException repetition(EventMessage<?> event) {
        return new OutOfSequenceException("event identifier " + event.getIdentifier() + " is used twice");
    }

    /** Returns the exception for a batch that is not {@link #isInSequence in sequence}. */
    public static RuntimeException gap(EventBatch batch) {
        return new OutOfSequenceException("sequence numbers published to " + batch.stream + " have a gap");
    }

    public String stream() {
        return stream;
    }

    public EventMessage<?> first() {
        return events.get(0);
    }

    /** Returns the revision before the first event; any revision for events without an aggregate. */
    public ExpectedRevision expectedRevision() {
        if (!(first() instanceof DomainEventMessage<?> domainEvent)) {
            return ExpectedRevision.any();
        }
        return domainEvent.getSequenceNumber() == 0
                ? ExpectedRevision.noStream()
                : ExpectedRevision.expectedRevision(domainEvent.getSequenceNumber() - 1);
    }

    /** Returns whether sequence numbers grow by one, as revisions do. */
    public boolean isInSequence() {
        for (int i = 0; i < events.size(); i++) {
            if (first() instanceof DomainEventMessage<?> first
                    && events.get(i) instanceof DomainEventMessage<?> event
                    && event.getSequenceNumber() != first.getSequenceNumber() + i) {
                return false;
            }
        }
        return true;
    }

    public List<EventData> encoded(Function<EventMessage<?>, EventData> encoder) {
        return events.stream().map(encoder).toList();
    }
}
