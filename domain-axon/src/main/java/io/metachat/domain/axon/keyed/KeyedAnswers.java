package io.metachat.domain.axon.keyed;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.metachat.domain.DomainEvent;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.request.Repetition;
import io.metachat.domain.request.RequestAnswered;
import io.metachat.service.call.MetadataKeys;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * The recent idempotency keys of one aggregate, rebuilt from the metadata of its events. A known key with the same request
 * is answered without a new event, and with another request it is refused. The oldest of 256 keys is forgotten first.
 *
 * <p>An aggregate holds it as an {@code @AggregateMember}, so that it sees every event, and asks it in its one
 * {@code @CommandHandlerInterceptor}:
 *
 * <pre>{@code
 * @CommandHandlerInterceptor
 * Object answer(CommandMessage<?> command, InterceptorChain chain) throws Exception {
 *     return answers.answer(command, chain, sequence -> again(command.getPayload(), sequence));
 * }
 * }</pre>
 *
 * <p>Not safe for concurrent use, as an aggregate is not.
 */
public final class KeyedAnswers {

    private static final int CAPACITY = 256;

    private final Map<String, KeyedAnswer> answers;

    /** Where the answer of the command that is being handled stands, if its handler said so. */
    private @Nullable Long answeredFrom;

    /**
     * An answer that was given.
     *
     * @param fingerprint of the request
     * @param sequence the number of the event in the aggregate's stream that the answer is made from
     */
    public record KeyedAnswer(String fingerprint, long sequence) {}

    /** Makes an earlier answer again, from the aggregate's state and the event at a sequence number. */
    @FunctionalInterface
    public interface Earlier {

        @Nullable
        Object at(long sequence);
    }

    public KeyedAnswers() {
        this(Map.of());
    }

    /** Restores the answers from a snapshot, oldest first. */
    public KeyedAnswers(Map<String, KeyedAnswer> answers) {
        this.answers = new LinkedHashMap<>(answers);
    }

    /**
     * Handles a command, or answers it again when its key is known. A command with a key that changed nothing is remembered
     * with an event of its own: otherwise its repetition could change what was done since.
     *
     * @throws DomainException {@link DomainError#IDEMPOTENCY_KEY_REUSED} when the key belongs to another request
     */
    public @Nullable Object answer(CommandMessage<?> command, InterceptorChain chain, Earlier earlier)
            throws Exception {
        Optional<KeyedAnswer> known = find(command.getMetaData());
        if (known.isPresent()) {
            return earlier.at(known.get().sequence());
        }
        try {
            Object result = chain.proceed();
            if (isUnremembered(command)) {
                apply(new RequestAnswered(answeredFrom));
            }
            return result;
        } finally {
            answeredFrom = null;
        }
    }

    private boolean isUnremembered(CommandMessage<?> command) {
        String key = text(command.getMetaData(), MetadataKeys.IDEMPOTENCY_KEY);
        return key != null && !answers.containsKey(key) && !(command.getPayload() instanceof Repetition);
    }

    /** Notes which event the present command is answered from, for a command that changes nothing. */
    public void answeredFrom(long sequence) {
        answeredFrom = sequence;
    }

    /** Returns the answers, oldest first. */
    public Map<String, KeyedAnswer> answers() {
        return Collections.unmodifiableMap(answers);
    }

    private Optional<KeyedAnswer> find(MetaData request) {
        Map<String, String> digests = new LinkedHashMap<>();
        String key = text(request, MetadataKeys.IDEMPOTENCY_KEY);
        String fingerprint = text(request, MetadataKeys.IDEMPOTENCY_FINGERPRINT);
        if (key != null && fingerprint != null) {
            digests.put(key, fingerprint);
        }
        if (request.get(MetadataKeys.EARLIER_DIGESTS) instanceof Map<?, ?> earlier) {
            earlier.forEach((one, other) -> digests.put((String) one, (String) other));
        }
        for (Map.Entry<String, String> digest : digests.entrySet()) {
            KeyedAnswer answer = answers.get(digest.getKey());
            if (answer != null && !answer.fingerprint().equals(digest.getValue())) {
                throw new DomainException(DomainError.IDEMPOTENCY_KEY_REUSED);
            }
            if (answer != null) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    /** Of the several events of one command, the last one stands for the answer. */
    @EventSourcingHandler
    public void on(DomainEvent event, MetaData metaData, @SequenceNumber long sequence) {
        String key = text(metaData, MetadataKeys.IDEMPOTENCY_KEY);
        String fingerprint = text(metaData, MetadataKeys.IDEMPOTENCY_FINGERPRINT);
        if (key == null || fingerprint == null) {
            return;
        }
        Long from = event instanceof RequestAnswered answered ? answered.sequence() : null;
        answers.put(key, new KeyedAnswer(fingerprint, from == null ? sequence : from));
        if (answers.size() > CAPACITY) {
            answers.remove(answers.keySet().iterator().next());
        }
    }

    private static @Nullable String text(MetaData metaData, String name) {
        return metaData.get(name) instanceof String value ? value : null;
    }
}
