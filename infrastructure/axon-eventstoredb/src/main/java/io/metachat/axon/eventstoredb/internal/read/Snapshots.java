package io.metachat.axon.eventstoredb.internal.read;

import io.metachat.axon.eventstoredb.EventStoreDbObserver;
import io.metachat.axon.eventstoredb.StreamNames;
import io.metachat.axon.eventstoredb.internal.codec.EventCodec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads snapshots. They only save time, so an unusable one is skipped and is never an error. */
public final class Snapshots {

    private static final Logger log = LoggerFactory.getLogger(Snapshots.class);

    /** Two writers may store their snapshots in the wrong order. */
    private static final int CANDIDATES = 2;

    private final StreamReader streams;
    private final StreamNames names;
    private final EventCodec codec;
    private final SnapshotFilter filter;
    private final EventStoreDbObserver observer;

    public Snapshots(
            StreamReader streams,
            StreamNames names,
            EventCodec codec,
            SnapshotFilter filter,
            EventStoreDbObserver observer) {
        this.streams = streams;
        this.names = names;
        this.codec = codec;
        this.filter = filter;
        this.observer = observer;
    }

    /** Returns the stored snapshots, that of the highest sequence number first. */
    public Stream<DomainEventData<byte[]>> stored(String aggregateIdentifier) {
        return streams.last(names.snapshot(aggregateIdentifier), CANDIDATES).stream()
                .map(event -> codec.decodeSnapshot(event, aggregateIdentifier))
                .sorted(Comparator.<DomainEventData<byte[]>>comparingLong(DomainEventData::getSequenceNumber)
                        .reversed());
    }

    /** Returns the latest snapshot that is allowed and readable. */
    public Optional<DomainEventMessage<?>> latest(
            String aggregateIdentifier, Serializer serializer, EventUpcaster upcasters) {
        List<DomainEventData<byte[]>> candidates = stored(aggregateIdentifier).toList();
        for (DomainEventData<byte[]> candidate : candidates) {
            if (filter.allow(candidate)) {
                Optional<DomainEventMessage<?>> usable = read(candidate, serializer, upcasters);
                if (usable.isPresent()) {
                    return usable;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<DomainEventMessage<?>> read(
            DomainEventData<byte[]> candidate, Serializer serializer, EventUpcaster upcasters) {
        try {
            Optional<? extends DomainEventMessage<?>> message = EventStreamUtils.upcastAndDeserializeDomainEvents(
                            Stream.of(candidate), serializer, upcasters)
                    .asStream()
                    .findFirst();
            // Deserialized now, because a failure while the aggregate is loaded could not be skipped any more.
            if (message.isPresent() && !(message.get().getPayload() instanceof UnknownSerializedType)) {
                return Optional.of(message.get());
            }
            skip(candidate, new IllegalStateException("its type is unknown"));
        } catch (RuntimeException | LinkageError e) {
            skip(candidate, e);
        }
        return Optional.empty();
    }

    private void skip(DomainEventData<byte[]> candidate, Throwable reason) {
        observer.snapshotSkipped();
        log.warn(
                "Skipping the snapshot of {} at {}",
                candidate.getAggregateIdentifier(),
                candidate.getSequenceNumber(),
                reason);
    }
}
