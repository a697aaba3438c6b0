package io.metachat.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.domain.IdempotencyLedger.Answer;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import org.junit.jupiter.api.Test;

class IdempotencyLedgerTest {

    private final IdempotencyLedger ledger = new IdempotencyLedger();

    @Test
    void shouldKnowNoKeyAtFirst() {
        assertThat(ledger.earlier("key", "request")).isEmpty();
    }

    @Test
    void shouldGiveTheFirstAnswerAgain() {
        ledger.record("key", "request", "first");
        ledger.record("key", "request", "second");

        assertThat(ledger.earlier("key", "request")).contains(new Answer("request", "first"));
    }

    @Test
    void shouldRefuseAKeyOfAnotherRequest() {
        ledger.record("key", "request", "answer");

        assertThatThrownBy(() -> ledger.earlier("key", "other request"))
                .isInstanceOfSatisfying(
                        DomainException.class,
                        refused -> assertThat(refused.error()).isEqualTo(DomainError.IDEMPOTENCY_KEY_REUSED));
    }

    @Test
    void shouldForgetTheOldestKeysFirst() {
        for (int i = 0; i < 257; i++) {
            ledger.record("key-" + i, "request", "answer");
        }
        assertThat(ledger.answers()).hasSize(256);
        assertThat(ledger.earlier("key-0", "request")).isEmpty();
        assertThat(ledger.earlier("key-1", "request")).isPresent();
    }

    @Test
    void shouldKeepItsOrderThroughASnapshot() {
        ledger.record("older", "request", "1");
        ledger.record("newer", "request", "2");
        IdempotencyLedger restored = new IdempotencyLedger(ledger.answers());
        for (int i = 0; i < 255; i++) {
            restored.record("key-" + i, "request", "answer");
        }
        assertThat(restored.earlier("older", "request")).isEmpty();
        assertThat(restored.earlier("newer", "request")).isPresent();
    }
}
