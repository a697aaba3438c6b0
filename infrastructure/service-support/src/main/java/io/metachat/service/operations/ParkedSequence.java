package io.metachat.service.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.metachat.axon.cassandra.deadletter.CassandraDeadLetter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.deadletter.Cause;
import org.jspecify.annotations.Nullable;

/**
 * The parked events of one sequence as an operator sees them: what there is, without a word of what people wrote.
 *
 * @param sequence what the events are about, such as a person or a saga
 * @param letters in their order, of which the first is the one that failed
 */
public record ParkedSequence(String sequence, List<Letter> letters) {

    /** One sequence, without what its events say. */
    public static ParkedSequence of(String sequence, List<CassandraDeadLetter> letters) {
        return of(sequence, letters, payload -> null);
    }

    /** @param shown what may be told of an event's payload; null for nothing */
    public static ParkedSequence of(
            String sequence, List<CassandraDeadLetter> letters, Function<Object, @Nullable Map<String, Object>> shown) {
        return new ParkedSequence(
                sequence,
                letters.stream()
                        .map(letter ->
                                Letter.of(letter, shown.apply(letter.message().getPayload())))
                        .toList());
    }

    /**
     * One parked event.
     *
     * @param position absent for an event that did not come from the event store's log
     * @param cause the kind of failure; absent for an event that only follows one that failed
     * @param event what the event says, as far as it is shown
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Letter(
            String eventId,
            String type,
            @Nullable Long position,
            @Nullable String cause,
            Instant parkedAt,
            Instant triedAt,
            @Nullable Map<String, Object> event) {

        private static Letter of(CassandraDeadLetter letter, @Nullable Map<String, Object> event) {
            return new Letter(
                    letter.message().getIdentifier(),
                    letter.message().getPayloadType().getSimpleName(),
                    position(letter),
                    letter.cause().map(Cause::type).map(Letter::simpleName).orElse(null),
                    letter.enqueuedAt(),
                    letter.lastTouched(),
                    event);
        }

        private static String simpleName(String type) {
            return type.substring(type.lastIndexOf('.') + 1);
        }

        private static @Nullable Long position(CassandraDeadLetter letter) {
            return letter.message() instanceof TrackedEventMessage<?> tracked && tracked.trackingToken() != null
                    ? tracked.trackingToken().position().orElseThrow()
                    : null;
        }
    }

    /** @param handled whether all events of a sequence that was tried again have been handled */
    public record Retried(boolean handled) {}
}
