package io.metachat.user.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokenTest {

    @Test
    void shouldComeBackFromWhatTheClientHolds() {
        RefreshToken token = RefreshToken.first();

        assertThat(RefreshToken.parse(token.value())).isEqualTo(token);
    }

    @Test
    void shouldHaveASecretOfItsOwnEachTime() {
        RefreshToken first = RefreshToken.first();
        RefreshToken next = RefreshToken.next(first.loginId());

        assertThat(next.loginId()).isEqualTo(first.loginId());
        assertThat(next.secret()).hasSize(43).isNotEqualTo(first.secret());
        assertThat(next.hash()).matches("[0-9a-f]{64}").isNotEqualTo(first.hash());
    }

    @Test
    void shouldHaveOneSuccessorForEachKey() {
        RefreshToken token = RefreshToken.first();

        assertThat(token.successor("key")).isEqualTo(token.successor("key"));
        assertThat(token.successor("key")).isNotEqualTo(token.successor("other key"));
        assertThat(token.successor("key"))
                .isNotEqualTo(RefreshToken.next(token.loginId()).successor("key"));
        assertThat(RefreshToken.parse(token.successor("key").value())).isEqualTo(token.successor("key"));
    }

    @Test
    void shouldPrintNoSecret() {
        RefreshToken token = RefreshToken.first();

        assertThat(token.toString()).doesNotContain(token.secret());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "nonsense",
                "0b8f6a3e-7c55-4f52-9d9e-1d2f0a6a1c01.",
                "------------------------------------.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void shouldRefuseWhatIsNoneOfOurs(String text) {
        assertThatThrownBy(() -> RefreshToken.parse(text))
                .isInstanceOfSatisfying(
                        DomainException.class,
                        refused -> assertThat(refused.error()).isEqualTo(DomainError.REFRESH_TOKEN_INVALID));
    }
}
