package io.metachat.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.refusal.FieldError;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

    private static final UUID ID = UUID.fromString("0b8f6a3e-7c55-4f52-9d9e-1d2f0a6a1c01");

    @Test
    void shouldNameStreamsByCategory() {
        UserId user = new UserId(ID);

        assertThat(user.stream()).isEqualTo("user-" + ID);
        assertThat(user.diary().stream()).isEqualTo("diary-" + ID);
        assertThat(user.searchOwner().stream()).isEqualTo("search-" + ID);
        assertThat(new LoginId(ID).stream()).isEqualTo("login-" + ID);
        assertThat(new MatchId(ID).stream()).isEqualTo("match-" + ID);
        assertThat(new RequestId(ID).stream()).isEqualTo("request-" + ID);
    }

    @Test
    void shouldPrintThePlainUuid() {
        assertThat(new UserId(ID)).hasToString(ID.toString());
        assertThat(new EntryId(ID)).hasToString(ID.toString());
        assertThat(new SessionId(ID)).hasToString(ID.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "not-a-uuid",
                "0b8f6a3e-7c55-4f52-9d9e-1d2f0a6a1c0g",
                "0b8f6a3e7c554f529d9e1d2f0a6a1c01----",
                "0b8f6a3e-7c55-4f52-9d9e-1d2f0a6a1c01 "
            })
    void shouldReadNothingButAUuid(String text) {
        assertThatThrownBy(() -> EntryId.parse(text))
                .isInstanceOfSatisfying(
                        DomainException.class,
                        refused -> assertThat(refused.fields())
                                .containsExactly(new FieldError("entryId", "must be a UUID")));
    }

    @Test
    void shouldDeriveTheSameUuidFromTheSamePartsForEver() {
        assertThat(Uuids.named("entry", "a", "b")).isEqualTo(Uuids.named("entry", "a", "b"));
        assertThat(Uuids.named("entry", "a", "b")).isNotEqualTo(Uuids.named("entry", "ab"));
        assertThat(Uuids.named("entry", "a", "b").version()).isEqualTo(5);
        assertThat(Uuids.named("entry", "a", "b").variant()).isEqualTo(2);
    }

    @Test
    void shouldLetTwoProposalsInOppositeDirectionsMeet() {
        UserId anna = new UserId(UUID.randomUUID());
        UserId ben = new UserId(UUID.randomUUID());

        assertThat(MatchId.of(new UserPair(anna, ben), 1)).isEqualTo(MatchId.of(new UserPair(ben, anna), 1));
        assertThat(MatchId.of(new UserPair(anna, ben), 2)).isNotEqualTo(MatchId.of(new UserPair(anna, ben), 1));
    }

    @Test
    void shouldNotPairSomebodyWithThemselves() {
        UserId anna = new UserId(UUID.randomUUID());

        assertThatThrownBy(() -> new UserPair(anna, anna))
                .isInstanceOfSatisfying(
                        DomainException.class,
                        refused -> assertThat(refused.error()).isEqualTo(DomainError.MATCH_WITH_ONESELF));
    }

    @Test
    void shouldKnowTheOtherOfAPair() {
        UserId anna = new UserId(UUID.randomUUID());
        UserId ben = new UserId(UUID.randomUUID());
        UserPair pair = new UserPair(anna, ben);

        assertThat(pair.other(anna)).isEqualTo(ben);
        assertThat(pair.other(ben)).isEqualTo(anna);
        assertThatThrownBy(() -> pair.other(new UserId(UUID.randomUUID())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKeepTheKeysOfDifferentPeopleApart() {
        UserId anna = new UserId(UUID.randomUUID());
        UserId ben = new UserId(UUID.randomUUID());

        assertThat(RequestId.of(anna, "1")).isEqualTo(RequestId.of(anna, "1"));
        assertThat(RequestId.of(anna, "1")).isNotEqualTo(RequestId.of(ben, "1"));
        assertThat(RequestId.of(anna, "1")).isNotEqualTo(RequestId.of(anna, "2"));
    }

    @Test
    void shouldReserveANameHoweverItIsWritten() {
        assertThat(ReservationId.email(" Anna@Example.org ")).isEqualTo(ReservationId.email("anna@example.org"));
        assertThat(ReservationId.email("anna@example.org").stream())
                .matches("email-[0-9a-f]{64}")
                .doesNotContain("anna");
        assertThat(ReservationId.username("anna").stream()).matches("username-[0-9a-f]{64}");
        assertThat(ReservationId.username("anna").digest())
                .isEqualTo(ReservationId.email("anna").digest());
    }
}
