package io.metachat.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.field.Limits;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.refusal.FieldError;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldChecksTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
    private static final Instant NOW = Instant.parse("2026-03-01T20:15:30Z");

    @Test
    void shouldSayEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() -> FieldChecks.begin()
                        .required("title", " ")
                        .username("username", "Anna")
                        .range("limit", 0, 1, 100)
                        .done())
                .isInstanceOfSatisfying(DomainException.class, refused -> {
                    assertThat(refused.error()).isEqualTo(DomainError.VALIDATION_FAILED);
                    assertThat(refused.fields())
                            .extracting(FieldError::field)
                            .containsExactly("title", "username", "limit");
                });
    }

    @Test
    void shouldNeverRepeatAValue() {
        assertThatThrownBy(() -> FieldChecks.begin()
                        .email("email", "anna.secret")
                        .text("title", "secret".repeat(50), 200)
                        .url("avatarUrl", "ftp://secret")
                        .tags("tags", List.of("secret".repeat(10)))
                        .done())
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldCountCodePointsAndNotCharacters() {
        assertThat(errors(checks -> checks.text("title", "🌞".repeat(200), 200)))
                .isEmpty();
        assertThat(errors(checks -> checks.text("title", "🌞".repeat(201), 200)))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "\ud83c", "\udf1e", "\udf1e\ud83c", "ok\ud83cok"})
    void shouldRefuseTextThatIsNotWellFormed(String text) {
        assertThat(errors(checks -> checks.text("text", text, 100)))
                .extracting(FieldError::message)
                .containsExactly("must be well-formed Unicode without NUL characters");
    }

    @Test
    void shouldNameTheTagAtFault() {
        assertThat(errors(checks -> checks.tags("tags", List.of("fine", " ", "x".repeat(51)))))
                .extracting(FieldError::field)
                .containsExactly("tags[1]", "tags[2]");
        assertThat(errors(checks -> checks.tags("tags", Collections.nCopies(50, "tag"))))
                .isEmpty();
        assertThat(errors(checks -> checks.tags("tags", Collections.nCopies(51, "tag"))))
                .extracting(FieldError::field)
                .containsExactly("tags");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "a.b_c", "0123456789", "abcdefghijabcdefghijabcdefghij"})
    void shouldTakeAUsername(String username) {
        assertThat(errors(checks -> checks.username("username", username))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "Abc", "a b", "a-b", "ännchen", "abc\n", "abcdefghijabcdefghijabcdefghijk"})
    void shouldRefuseAUsername(String username) {
        assertThat(errors(checks -> checks.username("username", username))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b.c", "anna.m+diary@mail.example.org", "ä@exämple.org"})
    void shouldTakeAnEmailAddress(String email) {
        assertThat(errors(checks -> checks.email("email", email))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a@b", "@b.c", "a@.c", "a@b.", "a@b..c", "a b@c.d", "a@b@c.d", "a@b.c\n"})
    void shouldRefuseAnEmailAddress(String email) {
        assertThat(errors(checks -> checks.email("email", email))).hasSize(1);
    }

    @Test
    void shouldRefuseAnEmailAddressThatIsTooLong() {
        assertThat(errors(checks -> checks.email("email", "a@" + "b".repeat(250) + ".c")))
                .isEmpty();
        assertThat(errors(checks -> checks.email("email", "a@" + "b".repeat(251) + ".c")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://example.org/a.png", "javascript:alert(1)", "//example.org", "http://", "a b"})
    void shouldRefuseWhatIsNoWebAddress(String url) {
        assertThat(errors(checks -> checks.url("avatarUrl", url))).hasSize(1);
    }

    @Test
    void shouldTakeAWebAddress() {
        assertThat(errors(checks -> checks.url("avatarUrl", "https://example.org/a.png?size=2")))
                .isEmpty();
    }

    @Test
    void shouldWantSomebodyToBeSixteenToday() {
        assertThat(errors(checks -> checks.dateOfBirth("dateOfBirth", TODAY.minusYears(16), TODAY)))
                .isEmpty();
        assertThat(errors(checks ->
                        checks.dateOfBirth("dateOfBirth", TODAY.minusYears(16).plusDays(1), TODAY)))
                .hasSize(1);
        assertThat(errors(checks -> checks.dateOfBirth("dateOfBirth", TODAY.minusYears(131), TODAY)))
                .hasSize(1);
    }

    @Test
    void shouldAllowForAClockThatIsALittleAhead() {
        assertThat(errors(checks -> checks.notInTheFuture("writtenAt", NOW.plus(Limits.CLOCK_SKEW), NOW)))
                .isEmpty();
        assertThat(errors(checks -> checks.notInTheFuture(
                        "writtenAt", NOW.plus(Limits.CLOCK_SKEW).plusMillis(1), NOW)))
                .hasSize(1);
    }

    @Test
    void shouldPassWhatIsAbsentUnlessItIsRequired() {
        assertThat(errors(checks -> checks.text("a", null, 1)
                        .tags("b", null)
                        .username("c", null)
                        .email("d", null)
                        .url("e", null)
                        .dateOfBirth("f", null, TODAY)
                        .notInTheFuture("g", null, NOW)
                        .range("h", null, 1, 2)
                        .notBlank("i", null)))
                .isEmpty();
        assertThat(errors(checks -> checks.required("a", null))).hasSize(1);
        assertThat(errors(checks -> checks.notBlank("a", ""))).hasSize(1);
    }

    private static List<FieldError> errors(UnaryOperator<FieldChecks> check) {
        try {
            check.apply(FieldChecks.begin()).done();
            return List.of();
        } catch (DomainException refused) {
            return refused.fields();
        }
    }
}
