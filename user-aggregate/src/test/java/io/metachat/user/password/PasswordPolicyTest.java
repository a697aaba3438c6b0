package io.metachat.user.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.refusal.FieldError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

    private final PasswordPolicy policy = new PasswordPolicy();

    @ParameterizedTest
    @ValueSource(strings = {"password", "PassWord123", "12345678", "qwertyuiop", "iloveyou", "aaaaaaaa", "19841984"})
    void shouldRefuseWhatEverybodyTriesFirst(String password) {
        weak(password);
    }

    @Test
    void shouldRefuseOnesOwnName() {
        weak("Anna.Mueller");
        weak("anna@example.org");
    }

    @Test
    void shouldTakeAnyOtherPasswordOfTheRightLength() {
        assertThatCode(() -> policy.refuseCommon("password", "correct horse battery staple", List.of("anna")))
                .doesNotThrowAnyException();
        assertThat(length("x".repeat(8))).isEmpty();
        assertThat(length("🌞".repeat(128))).isEmpty();
    }

    @Test
    void shouldRefuseAPasswordThatIsTooShortOrTooLong() {
        assertThat(length("x".repeat(7))).extracting(FieldError::field).containsExactly("password");
        assertThat(length("🌞".repeat(7))).hasSize(1);
        assertThat(length("x".repeat(129))).hasSize(1);
    }

    private void weak(String password) {
        assertThatThrownBy(() -> policy.refuseCommon("password", password, List.of("anna.mueller", "anna@example.org")))
                .isInstanceOfSatisfying(DomainException.class, refused -> {
                    assertThat(refused.error()).isEqualTo(DomainError.WEAK_PASSWORD);
                    assertThat(refused.fields()).extracting(FieldError::field).containsExactly("password");
                });
    }

    private List<FieldError> length(String password) {
        FieldChecks checks = FieldChecks.begin();
        policy.checkLength(checks, "password", password);
        try {
            checks.done();
            return List.of();
        } catch (DomainException refused) {
            return refused.fields();
        }
    }
}
