package io.metachat.domain;

import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The recent idempotency keys of one aggregate, rebuilt from the metadata of its events: the same key with the same
 * request is answered again without a new event, the same key with another request is refused. Bounded: the oldest
 * keys are forgotten first. Not safe for concurrent use, as an aggregate is not.
 */
public final class IdempotencyLedger {

    /** The metadata key under which an event keeps the idempotency key of its command. */
    public static final String KEY = "idempotencyKey";
    /** The metadata key under which an event keeps the fingerprint of its command's request. */
    public static final String FINGERPRINT = "idempotencyFingerprint";

    private static final int CAPACITY = 256;

    private final Map<String, Answer> answers;

    /**
     * What was answered.
     *
     * @param fingerprint of the request that was answered
     * @param outcome what the aggregate needs to give the same answer again, e.g. an entry's id
     */
    public record Answer(String fingerprint, String outcome) {}

    public IdempotencyLedger() {
        this(Map.of());
    }

    /** Restores a ledger, e.g. from a snapshot, oldest first. */
    public IdempotencyLedger(Map<String, Answer> answers) {
        this.answers = new LinkedHashMap<>(answers);
    }

    /**
     * The earlier answer to this key, if there is one.
     *
     * @throws DomainException {@link DomainError#IDEMPOTENCY_KEY_REUSED} when the key belongs to another request
     */
    public Optional<Answer> earlier(String key, String fingerprint) {
        Answer answer = answers.get(key);
        if (answer != null && !answer.fingerprint().equals(fingerprint)) {
            throw new DomainException(DomainError.IDEMPOTENCY_KEY_REUSED);
        }
        return Optional.ofNullable(answer);
    }

    /** Remembers an answer; called while an event with a key is applied. The first answer to a key stands. */
    public void record(String key, String fingerprint, String outcome) {
        if (answers.putIfAbsent(key, new Answer(fingerprint, outcome)) == null && answers.size() > CAPACITY) {
            answers.remove(answers.keySet().iterator().next());
        }
    }

    /** The answers, oldest first. */
    public Map<String, Answer> answers() {
        return Collections.unmodifiableMap(answers);
    }
}
