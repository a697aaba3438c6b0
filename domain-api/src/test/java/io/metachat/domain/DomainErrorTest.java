package io.metachat.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DomainErrorTest {

    /** Clients rely on the codes. */
    @Test
    void shouldKeepItsCodes() {
        assertThat(Arrays.stream(DomainError.values()).map(DomainError::code))
                .contains(
                        "validation-failed",
                        "weak-password",
                        "bad-credentials",
                        "refresh-token-invalid",
                        "user-not-found",
                        "entry-not-found",
                        "session-not-found",
                        "match-not-found",
                        "search-not-found",
                        "username-taken",
                        "email-taken",
                        "session-already-open",
                        "session-ended",
                        "match-not-open",
                        "already-matched",
                        "matching-disabled",
                        "search-already-running",
                        "revision-mismatch",
                        "idempotency-key-reused",
                        "match-with-oneself",
                        "not-a-candidate",
                        "too-many-proposals");
    }

    @Test
    void shouldSayWhichFieldsAreAtFault() {
        DomainException refused = DomainException.invalid("title", "is required");

        assertThat(refused.error()).isEqualTo(DomainError.VALIDATION_FAILED);
        assertThat(refused).hasMessageContaining("title");
        DomainException general = new DomainException(DomainError.ENTRY_NOT_FOUND);
        assertThat(general).hasMessage("There is no such entry");
        assertThat(general.fields()).isEmpty();
    }
}
