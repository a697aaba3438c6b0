package io.metachat.diary.reanalysis;

import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStore;
import io.metachat.domain.EntryId;
import io.metachat.domain.diary.event.EntryDeleted;
import io.metachat.domain.diary.event.EntryEdited;
import io.metachat.domain.diary.event.EntryWritten;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * The entries that were written or edited since an instant, each by the one event that tells its current state. What
 * comes after the moment of asking is left out: it is on its way to the mood-service already.
 */
final class EntryStates {

    private static final int WAIT_MILLIS = 500;

    private final EventStoreDbEventStore store;
    private final @Nullable TrackingToken before;
    private final long head;
    private final Map<EntryId, Long> current = new HashMap<>();

    private EntryStates(EventStoreDbEventStore store, Instant since) {
        this.store = store;
        this.head = store.headPosition().orElse(-1);
        this.before = store.createTokenAt(since);
    }

    /** @throws InterruptedException when the thread is interrupted while it reads */
    static EntryStates since(EventStoreDbEventStore store, Instant since) throws InterruptedException {
        EntryStates states = new EntryStates(store, since);
        states.read(states::note);
        return states;
    }

    long count() {
        return current.size();
    }

    /** Hands the current states on, in the order in which they came about. */
    void forEach(Sink sink) throws InterruptedException {
        read(event -> {
            Object payload = event.getPayload();
            EntryId entry = payload instanceof EntryWritten written
                    ? written.entryId()
                    : payload instanceof EntryEdited edited ? edited.entryId() : null;
            if (entry != null && current.getOrDefault(entry, -1L) == position(event)) {
                sink.accept((DomainEventMessage<?>) event);
            }
        });
    }

    /** Takes an entry's current state. */
    interface Sink {

        void accept(DomainEventMessage<?> event) throws InterruptedException;
    }

    private interface Reader {

        void read(TrackedEventMessage<?> event) throws InterruptedException;
    }

    private void note(TrackedEventMessage<?> event) {
        Object payload = event.getPayload();
        if (payload instanceof EntryWritten written) {
            current.put(written.entryId(), position(event));
        } else if (payload instanceof EntryEdited edited) {
            current.put(edited.entryId(), position(event));
        } else if (payload instanceof EntryDeleted deleted) {
            current.remove(deleted.entryId());
        }
    }

    private void read(Reader reader) throws InterruptedException {
        long reached = before == null ? -1 : before.position().orElse(-1);
        try (TrackingEventStream events = store.openStream(before)) {
            while (reached < head) {
                if (events.hasNextAvailable(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                    TrackedEventMessage<?> event = events.nextAvailable();
                    reached = position(event);
                    if (reached <= head && isOfADiary(event)) {
                        reader.read(event);
                    }
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException("Reading was interrupted");
                }
            }
        }
    }

    // Others' events have types that are unknown here.
    private static boolean isOfADiary(TrackedEventMessage<?> event) {
        return event instanceof DomainEventMessage<?> domainEvent
                && domainEvent.getAggregateIdentifier().startsWith("diary-");
    }

    private static long position(TrackedEventMessage<?> event) {
        return event.trackingToken().position().orElseThrow();
    }
}
