package io.metachat.service.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestKeysTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final byte[] MESSAGE = {1, 2, 3};

    private final DigestKeys keys = DigestKeys.parse("a:" + SECRET);

    @Test
    void shouldDigestTheSameRequestAlike() {
        assertThat(keys.idempotency("anna", "k", "Write", MESSAGE))
                .isEqualTo(DigestKeys.parse("a:" + SECRET).idempotency("anna", "k", "Write", MESSAGE));
    }

    @Test
    void shouldNameTheKeyInEachDigest() {
        Idempotency digests = keys.idempotency("anna", "k", "Write", MESSAGE);

        assertThat(digests.key()).matches("a\\.[A-Za-z0-9_-]{22}");
        assertThat(digests.fingerprint()).matches("a\\.[A-Za-z0-9_-]{22}");
    }

    @Test
    void shouldTellCallersKeysMethodsMessagesAndSecretsApart() {
        Set<String> digests = new HashSet<>();
        for (String caller : new String[] {"", "anna", "annak"}) {
            for (String key : new String[] {"k", "kk"}) {
                digests.add(keys.idempotency(caller, key, "Write", MESSAGE).key());
            }
        }
        digests.add(keys.idempotency("anna", "k", "Write", MESSAGE).fingerprint());
        digests.add(keys.idempotency("anna", "k", "Edit", MESSAGE).fingerprint());
        digests.add(keys.idempotency("anna", "k", "Write", new byte[] {1, 2, 4}).fingerprint());
        digests.add(DigestKeys.parse("a:" + SECRET + "x")
                .idempotency("anna", "k", "Write", MESSAGE)
                .key());

        assertThat(digests).hasSize(10);
    }

    @Test
    void shouldKnowDigestsFromBeforeARotation() {
        Idempotency before = keys.idempotency("anna", "k", "Write", MESSAGE);
        Idempotency after =
                DigestKeys.parse("b:" + SECRET + "x, a:" + SECRET).idempotency("anna", "k", "Write", MESSAGE);

        assertThat(after.key()).startsWith("b.");
        assertThat(after.earlier()).containsExactly(before);
        assertThat(after.each()).hasSize(2).last().isEqualTo(before);
        assertThat(after.part("second").earlier()).containsExactly(before.part("second"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", SECRET, "a:short", "a-b:" + SECRET, ":" + SECRET, "a:" + SECRET + ","})
    void shouldRefuseWhatIsNoKeyAndNameNoSecret(String text) {
        assertThat(DigestKeys.isValid(text)).isFalse();
        assertThatThrownBy(() -> DigestKeys.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DIGEST_KEYS must be")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void shouldPrintNoSecret() {
        assertThat(keys + " " + new DigestProperties("a:" + SECRET)).doesNotContain(SECRET);
    }
}
