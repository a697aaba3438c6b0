package io.metachat.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.domain.UserId;
import io.metachat.domain.field.Patch;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.refusal.FieldError;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UserCommandsTest {

    private static final UserId ANNA = new UserId(UUID.randomUUID());

    @Test
    void shouldGoToTheUser() {
        assertThat(new ForgetUser(ANNA).target()).isEqualTo("user-" + ANNA);
    }

    @Test
    void shouldRefuseARegistrationBeyondItsLimits() {
        Profile profile = new Profile("x".repeat(101), "x".repeat(101), "x".repeat(101), null, null, null);

        assertThat(refusedFields(() -> new RegisterUser(ANNA, "A", "nowhere", "hash", profile)))
                .containsExactly("username", "email", "displayName", "firstName", "lastName");
    }

    @Test
    void shouldRefuseAProfileBeyondItsLimits() {
        assertThat(refusedFields(() -> update("x".repeat(2_001), "no url"))).containsExactly("bio", "avatarUrl");
        assertThat(update("🌞".repeat(2_000), "https://example.org/a.png").bio().present())
                .isTrue();
        assertThat(update(null, null).bio().value()).isNull();
    }

    @Test
    void shouldTellLeavingFromClearing() {
        assertThat(Patch.<String>leave().over("old")).isEqualTo("old");
        assertThat(Patch.<String>to(null).over("old")).isNull();
        assertThat(Patch.to("new").over("old")).isEqualTo("new");
    }

    @Test
    void shouldKeepEachModalityOnceInOneOrder() {
        assertThat(new UpdateModalities(ANNA, List.of(Modality.VIDEO, Modality.TEXT, Modality.VIDEO)).modalities())
                .containsExactly(Modality.TEXT, Modality.VIDEO);
    }

    @Test
    void shouldRefuseAgesThatMakeNoSense() {
        assertThat(refusedFields(() -> new MatchingPreferences(true, 15, 131))).containsExactly("minAge", "maxAge");
        assertThat(refusedFields(() -> new MatchingPreferences(true, 40, 39))).containsExactly("minAge");
        assertThat(new MatchingPreferences(true, 40, 40).minAge()).isEqualTo(40);
    }

    @Test
    void shouldNotBlockOneself() {
        assertThatThrownBy(() -> new BlockUser(ANNA, ANNA))
                .isInstanceOfSatisfying(
                        DomainException.class,
                        refused -> assertThat(refused.error()).isEqualTo(DomainError.MATCH_WITH_ONESELF));
    }

    @Test
    void shouldPrintNothingPersonal() {
        Profile profile =
                new Profile("Secret", "Secret", "Secret", LocalDate.of(1990, 12, 31), "Secret", "https://secret.org");

        assertThat(new RegisterUser(ANNA, "secret", "secret@example.org", "$secret", profile)
                        + " " + new ChangePassword(ANNA, "$secret") + " " + update("Secret", "https://secret.org")
                        + " " + profile)
                .doesNotContainIgnoringCase("secret")
                .doesNotContain("1990");
    }

    private static UpdateProfile update(@Nullable String bio, @Nullable String avatarUrl) {
        return new UpdateProfile(
                ANNA, Patch.leave(), Patch.leave(), Patch.leave(), Patch.leave(), Patch.to(bio), Patch.to(avatarUrl));
    }

    private static List<String> refusedFields(Runnable making) {
        List<String> fields = new ArrayList<>();
        assertThatThrownBy(making::run)
                .isInstanceOfSatisfying(
                        DomainException.class,
                        refused ->
                                refused.fields().stream().map(FieldError::field).forEach(fields::add));
        return fields;
    }
}
