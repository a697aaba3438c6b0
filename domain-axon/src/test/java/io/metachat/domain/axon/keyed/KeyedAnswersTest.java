package io.metachat.domain.axon.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.domain.DomainEvent;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.request.RequestAnswered;
import io.metachat.service.call.MetadataKeys;
import java.util.Map;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyedAnswersTest {

    private final KeyedAnswers answers = new KeyedAnswers();

    /** Some event of a command. */
    private record Happened() implements DomainEvent {}

    @Test
    void shouldHandleACommandWithoutAKey() throws Exception {
        assertThat(answers.answer(new GenericCommandMessage<>("command"), () -> "handled", sequence -> "again"))
                .isEqualTo("handled");
        assertThat(answers.answers()).isEmpty();
    }

    @Test
    void shouldAnswerAKnownKeyFromTheEventThatItLedTo() throws Exception {
        record("key", new Happened(), 7);

        assertThat(again("key")).isEqualTo("again from 7");
    }

    @Test
    void shouldAnswerFromTheLastEventOfACommand() throws Exception {
        record("key", new Happened(), 7);
        record("key", new Happened(), 8);

        assertThat(again("key")).isEqualTo("again from 8");
    }

    @Test
    void shouldAnswerFromTheEventThatACommandWithoutEffectNamed() throws Exception {
        record("key", new RequestAnswered(3L), 9);
        record("other", new RequestAnswered(null), 10);

        assertThat(again("key")).isEqualTo("again from 3");
        assertThat(again("other")).isEqualTo("again from 10");
    }

    @Test
    void shouldRefuseAKeyOfAnotherRequest() {
        record("key", new Happened(), 7);

        assertThatThrownBy(() -> answers.answer(command("key", "other"), () -> "handled", sequence -> "again"))
                .isInstanceOfSatisfying(
                        DomainException.class,
                        refused -> assertThat(refused.error()).isEqualTo(DomainError.IDEMPOTENCY_KEY_REUSED));
    }

    @Test
    void shouldIgnoreEventsWithoutAKey() {
        answers.on(new Happened(), MetaData.emptyInstance(), 1);

        assertThat(answers.answers()).isEmpty();
    }

    @Test
    void shouldNotBelieveThePlainDigestsOfOldEvents() {
        answers.on(
                new Happened(),
                MetaData.with("idempotencyKey", "key").and("idempotencyFingerprint", "0".repeat(64)),
                1);

        assertThat(answers.answers()).isEmpty();
    }

    @Test
    void shouldForgetTheOldestKeysFirst() {
        for (int i = 0; i < 257; i++) {
            record("key-" + i, new Happened(), i);
        }
        assertThat(answers.answers()).hasSize(256).doesNotContainKey("key-0").containsKey("key-1");
    }

    @Test
    void shouldKeepItsOrderThroughASnapshot() {
        record("older", new Happened(), 1);
        record("newer", new Happened(), 2);
        KeyedAnswers restored = new KeyedAnswers(answers.answers());
        for (int i = 0; i < 255; i++) {
            restored.on(new Happened(), key("key-" + i, "request"), i);
        }
        assertThat(restored.answers()).doesNotContainKey("older").containsKey("newer");
    }

    private @Nullable Object again(String key) throws Exception {
        return answers.answer(command(key, "request"), () -> "handled", sequence -> "again from " + sequence);
    }

    private void record(String key, DomainEvent event, long sequence) {
        answers.on(event, key(key, "request"), sequence);
    }

    private static CommandMessage<?> command(String key, String fingerprint) {
        return new GenericCommandMessage<>("command", key(key, fingerprint));
    }

    private static MetaData key(String key, String fingerprint) {
        return MetaData.from(
                Map.of(MetadataKeys.IDEMPOTENCY_KEY, key, MetadataKeys.IDEMPOTENCY_FINGERPRINT, fingerprint));
    }
}
