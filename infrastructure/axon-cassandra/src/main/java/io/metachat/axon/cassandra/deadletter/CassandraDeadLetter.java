package io.metachat.axon.cassandra.deadletter;

import java.time.Instant;
import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter with its place in a {@link CassandraDeadLetterQueue}.
 *
 * @param sequence the sequence that it belongs to, as the queue names it
 * @param index its place in the sequence
 * @param message the event; its payload is deserialized when it is read
 * @param reason why it was parked; {@code null} when it merely follows another
 * @param enqueuedAt when it was parked
 * @param lastTouched when it was last retried or parked
 * @param diagnostics the notes of a policy
 */
public record CassandraDeadLetter(
        String sequence,
        long index,
        EventMessage<?> message,
        @Nullable Cause reason,
        Instant enqueuedAt,
        Instant lastTouched,
        MetaData diagnostics)
        implements DeadLetter<EventMessage<?>> {

    @Override
    public Optional<Cause> cause() {
        return Optional.ofNullable(reason);
    }

    @Override
    public CassandraDeadLetter markTouched() {
        return new CassandraDeadLetter(sequence, index, message, reason, enqueuedAt, now(), diagnostics);
    }

    @Override
    public CassandraDeadLetter withCause(@Nullable Throwable requeueCause) {
        Cause cause = requeueCause == null ? reason : ThrowableCause.asCause(requeueCause);
        return new CassandraDeadLetter(sequence, index, message, cause, enqueuedAt, now(), diagnostics);
    }

    @Override
    public CassandraDeadLetter withDiagnostics(MetaData newDiagnostics) {
        return new CassandraDeadLetter(sequence, index, message, reason, enqueuedAt, now(), newDiagnostics);
    }

    /** By the clock of all of Axon's dead letters. */
    private static Instant now() {
        return GenericDeadLetter.clock.instant();
    }

    /** Without the payload: letters are logged, and payloads can be personal. */
    @Override
    public String toString() {
        return "CassandraDeadLetter[sequence=%s, index=%d, message=%s, enqueuedAt=%s, lastTouched=%s]"
                .formatted(sequence, index, message.getIdentifier(), enqueuedAt, lastTouched);
    }
}
