package io.metachat.axon.eventstoredb.engine;

import com.eventstore.dbclient.EventData;
import io.metachat.axon.eventstoredb.EventStoreDbObserver;
import io.metachat.axon.eventstoredb.MultipleStreamsException;
import io.metachat.axon.eventstoredb.PartialAppendException;
import io.metachat.axon.eventstoredb.StreamNames;
import io.metachat.axon.eventstoredb.internal.append.EventAppender;
import io.metachat.axon.eventstoredb.internal.append.EventBatch;
import io.metachat.axon.eventstoredb.internal.append.UnitOfWorkStreams;
import io.metachat.axon.eventstoredb.internal.codec.EventCodec;
import io.metachat.axon.eventstoredb.internal.connection.CallFailedException;
import io.metachat.axon.eventstoredb.internal.connection.Failure;
import io.metachat.axon.eventstoredb.internal.read.AllReader;
import io.metachat.axon.eventstoredb.internal.read.TimeIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends the events of one publication, batch by batch, and records the position of the last one in the unit of work.
 *
 * @param conflicts translates a conflict, and throws
 */
record PublicationAppender(
        StreamNames names,
        EventCodec codec,
        EventAppender appender,
        AllReader all,
        TimeIndex timeIndex,
        boolean allowMultipleStreams,
        EventStoreDbObserver observer,
        BiConsumer<RuntimeException, EventMessage<?>> conflicts) {

    private static final Logger log = LoggerFactory.getLogger(PublicationAppender.class);

    void append(List<? extends EventMessage<?>> events, Serializer serializer) {
        for (EventMessage<?> repeated : EventBatch.repeated(events)) {
            handleConflict(EventBatch.repetition(repeated), repeated);
        }
        List<EventBatch> batches = EventBatch.of(events, this::streamOf);
        List<String> touched =
                UnitOfWorkStreams.with(batches.stream().map(EventBatch::stream).toList());
        if (touched.size() > 1 && !allowMultipleStreams) {
            throw new MultipleStreamsException(touched);
        }
        List<String> appended = new ArrayList<>();
        for (EventBatch batch : batches) {
            try {
                append(batch, serializer);
            } catch (RuntimeException e) {
                throw appended.isEmpty() ? e : new PartialAppendException(appended, batch.stream(), e);
            }
            appended.add(batch.stream());
        }
    }

    private void append(EventBatch batch, Serializer serializer) {
        if (!batch.isInSequence()) {
            handleConflict(EventBatch.gap(batch), batch.first());
        }
        List<EventData> encoded = batch.encoded(event -> codec.encode(event, serializer));
        try {
            OptionalLong position = appender.append(batch.stream(), batch.expectedRevision(), encoded);
            UnitOfWorkStreams.add(batch.stream());
            position.ifPresent(known -> timeIndex.passed(known, batch.first().getTimestamp()));
            recordPosition(position);
        } catch (CallFailedException e) {
            if (e.failure() == Failure.WRONG_REVISION) {
                handleConflict(e, batch.first());
            }
            throw e.translated(batch.stream());
        }
    }

    private void handleConflict(RuntimeException conflict, EventMessage<?> event) {
        observer.conflicted();
        conflicts.accept(conflict, event);
    }

    private void recordPosition(OptionalLong appendedAt) {
        if (!CurrentUnitOfWork.isStarted()) {
            return;
        }
        // The server may omit the position of a repeated append. The head is at or after it, so waiting for the head is
        // safe.
        OptionalLong position = appendedAt.isPresent() ? appendedAt : headAfterAppend();
        position.ifPresent(known -> AppendedPosition.set(CurrentUnitOfWork.get(), known));
    }

    private OptionalLong headAfterAppend() {
        try {
            return all.head();
        } catch (EventStoreException e) {
            log.warn("Events were appended, but their position could not be read", e);
            return OptionalLong.empty();
        }
    }

    private String streamOf(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> domainEvent
                ? names.aggregate(domainEvent.getAggregateIdentifier())
                : names.withoutAggregate();
    }
}
