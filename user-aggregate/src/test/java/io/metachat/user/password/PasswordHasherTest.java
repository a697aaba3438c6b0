package io.metachat.user.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.service.error.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {

    private final PasswordHasher hasher = new PasswordHasher(Argon2id.OWASP, 1, Duration.ofSeconds(30));

    @Test
    void shouldKnowThePasswordAndNoOther() {
        String hash = hasher.hash("grüße aus köln 🌞");

        assertThat(hasher.matches("grüße aus köln 🌞", hash)).isTrue();
        assertThat(hasher.matches("grüße aus köln", hash)).isFalse();
        assertThat(hasher.matches("", hash)).isFalse();
    }

    @Test
    void shouldSaltEachHash() {
        assertThat(hasher.hash("the same password")).isNotEqualTo(hasher.hash("the same password"));
    }

    @Test
    void shouldWriteTheCostIntoTheHash() {
        assertThat(hasher.hash("password"))
                .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    }

    /** Made by the reference implementation's command line tool. */
    @Test
    void shouldAgreeWithTheReferenceImplementation() {
        String reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(hasher.matches("password", reference)).isTrue();
        assertThat(hasher.matches("differentpassword", reference)).isFalse();
    }

    @Test
    void shouldRefuseAHashThatIsNone() {
        assertThatThrownBy(() -> hasher.matches("password", "5f4dcc3b5aa765d61d8327deb882cf99"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("5f4dcc3b");
    }

    @Test
    void shouldTurnAwayWhoWaitsTooLong() {
        Semaphore noneFree = new Semaphore(0);
        PasswordHasher busy = new PasswordHasher(Argon2id.OWASP, noneFree, Duration.ofMillis(1));

        assertThatThrownBy(() -> busy.matchNobody("password"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("too-many-sign-ins"));
        noneFree.release();
        assertThat(busy.hash("password")).isNotEmpty();
        assertThat(noneFree.availablePermits()).isEqualTo(1);
    }
}
