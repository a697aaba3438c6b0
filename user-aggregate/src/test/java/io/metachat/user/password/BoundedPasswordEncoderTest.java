package io.metachat.user.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.service.error.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class BoundedPasswordEncoderTest {

    private final BoundedPasswordEncoder encoder = new BoundedPasswordEncoder(1, Duration.ofSeconds(30));

    @Test
    void shouldKnowThePasswordAndNoOther() {
        String hash = encoder.encode("grüße aus köln 🌞");

        assertThat(encoder.matches("grüße aus köln 🌞", hash)).isTrue();
        assertThat(encoder.matches("grüße aus köln", hash)).isFalse();
        assertThat(encoder.matches("", hash)).isFalse();
    }

    @Test
    void shouldSaltEachHash() {
        assertThat(encoder.encode("the same password")).isNotEqualTo(encoder.encode("the same password"));
    }

    @Test
    void shouldWriteTheCostIntoTheHash() {
        assertThat(encoder.encode("password"))
                .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    }

    /** Made by the reference implementation's command line tool. */
    @Test
    void shouldAgreeWithTheReferenceImplementation() {
        String reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(encoder.matches("password", reference)).isTrue();
        assertThat(encoder.matches("differentpassword", reference)).isFalse();
    }

    /** Made by this service's earlier implementation on Bouncy Castle: stored hashes verify for as long as their users exist. */
    @Test
    void shouldVerifyHashesOfTheEarlierImplementation() {
        String vera =
                "$argon2id$v=19$m=19456,t=2,p=1$aSQTA6Vp5rU40PdtDQxpdA$InoDUPq3lL/SCbcSoA5+IvH5MA9r3VD2m+d7Uzn0yBQ";
        String nonAscii =
                "$argon2id$v=19$m=19456,t=2,p=1$t7+dW52pwOaiqIkJ3BktNQ$bBpvDl2xPE5kQacteudGGnn+ohzmiJ6Is7LrdY9s/b0";

        assertThat(encoder.matches("correct horse battery vera", vera)).isTrue();
        assertThat(encoder.matches("correct horse battery otto", vera)).isFalse();
        assertThat(encoder.matches("grüße aus köln 🌞", nonAscii)).isTrue();
        assertThat(encoder.matches("grusse aus koln", nonAscii)).isFalse();
    }

    @Test
    void shouldRefuseAHashThatIsNone() {
        assertThatThrownBy(() -> encoder.matches("password", "5f4dcc3b5aa765d61d8327deb882cf99"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("5f4dcc3b");
    }

    @Test
    void shouldTurnAwayWhoWaitsTooLong() {
        Semaphore noneFree = new Semaphore(0);
        BoundedPasswordEncoder busy = new BoundedPasswordEncoder(noneFree, Duration.ofMillis(1));

        assertThatThrownBy(() -> busy.matchNobody("password"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("too-many-sign-ins"));
        noneFree.release();
        assertThat(busy.encode("password")).isNotEmpty();
        assertThat(noneFree.availablePermits()).isEqualTo(1);
    }
}
