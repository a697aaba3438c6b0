package io.metachat.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;
import io.metachat.domain.axon.DomainCommandTargetResolver;
import io.metachat.domain.field.Patch;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.user.Archetype;
import io.metachat.domain.user.AssignArchetype;
import io.metachat.domain.user.BlockUser;
import io.metachat.domain.user.ChangeMatchingPreferences;
import io.metachat.domain.user.ChangePassword;
import io.metachat.domain.user.ForgetUser;
import io.metachat.domain.user.MatchingPreferences;
import io.metachat.domain.user.Modality;
import io.metachat.domain.user.Profile;
import io.metachat.domain.user.RegisterUser;
import io.metachat.domain.user.UnblockUser;
import io.metachat.domain.user.UpdateModalities;
import io.metachat.domain.user.UpdateProfile;
import io.metachat.domain.user.event.ArchetypeAssigned;
import io.metachat.domain.user.event.MatchingPreferencesChanged;
import io.metachat.domain.user.event.ModalitiesUpdated;
import io.metachat.domain.user.event.PasswordChanged;
import io.metachat.domain.user.event.ProfileUpdated;
import io.metachat.domain.user.event.UserBlocked;
import io.metachat.domain.user.event.UserForgotten;
import io.metachat.domain.user.event.UserRegistered;
import io.metachat.domain.user.event.UserUnblocked;
import io.metachat.service.call.MetadataKeys;
import io.metachat.service.correlation.MessageCorrelation;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserTest {

    private static final Instant NOW = Instant.parse("2026-03-01T20:15:30.123Z");
    private static final LocalDate GROWN_UP = LocalDate.of(2010, 3, 1);
    private static final UserId ANNA = new UserId(UUID.randomUUID());
    private static final UserId BEN = new UserId(UUID.randomUUID());
    private static final Profile PROFILE = new Profile("Anna", "Anna", null, GROWN_UP, null, null);

    private final FixtureConfiguration<User> user = new AggregateTestFixture<>(User.class);

    @BeforeEach
    void wire() {
        user.registerCommandTargetResolver(new DomainCommandTargetResolver());
        user.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
        user.registerCommandHandlerInterceptor(
                new CorrelationDataInterceptor<>(new MessageCorrelation("user-service")));
    }

    @Test
    void shouldRegisterSomebody() {
        user.givenNoPriorActivity().when(register(PROFILE)).expectEvents(registered());
    }

    @Test
    void shouldRegisterSomebodyOnTheirSixteenthBirthdayAndNotBefore() {
        Profile child = new Profile("Anna", null, null, GROWN_UP.plusDays(1), null, null);
        refused(user.givenNoPriorActivity().when(register(child)), DomainError.VALIDATION_FAILED);
    }

    @Test
    void shouldRegisterARepeatedRequestOnce() {
        user.givenCommands(List.of())
                .andGivenCommands(List.of(keyed(register(PROFILE), "f-1")))
                .when(register(PROFILE), key("f-1"))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void shouldRefuseAnotherRegistrationUnderTheSameKey() {
        refused(
                user.givenCommands(List.of())
                        .andGivenCommands(List.of(keyed(register(PROFILE), "f-1")))
                        .when(register(PROFILE), key("f-2")),
                DomainError.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void shouldNotReviveAForgottenUser() {
        refused(user.given(registered(), forgotten()).when(register(PROFILE)), DomainError.USER_NOT_FOUND);
    }

    @Test
    void shouldChangeTheNamedFieldsAndLeaveTheOthers() {
        user.given(registered())
                .when(new UpdateProfile(
                        ANNA,
                        Patch.leave(),
                        Patch.to(null),
                        Patch.leave(),
                        Patch.leave(),
                        Patch.to("Hi."),
                        Patch.leave()))
                .expectEvents(new ProfileUpdated(ANNA, new Profile("Anna", null, null, GROWN_UP, "Hi.", null), NOW));
    }

    @Test
    void shouldGiveNoEventWhenAProfileStaysAsItIs() {
        user.given(registered()).when(rename("Anna")).expectNoEvents();
    }

    @Test
    void shouldRefuseToBecomeAChild() {
        refused(
                user.given(registered())
                        .when(new UpdateProfile(
                                ANNA,
                                Patch.leave(),
                                Patch.leave(),
                                Patch.leave(),
                                Patch.to(GROWN_UP.plusDays(1)),
                                Patch.leave(),
                                Patch.leave())),
                DomainError.VALIDATION_FAILED);
    }

    @Test
    void shouldTakeARepeatedChangeOnceThoughTheProfileHasMovedOn() {
        user.given(registered())
                .andGivenCommands(List.of(keyed(rename("Ann"), "f-1")))
                .andGiven(new ProfileUpdated(ANNA, PROFILE, NOW))
                .when(rename("Ann"), key("f-1"))
                .expectNoEvents();
    }

    @Test
    void shouldChangeThePassword() {
        user.given(registered())
                .when(new ChangePassword(ANNA, "other hash"))
                .expectEvents(new PasswordChanged(ANNA, "other hash", NOW));
    }

    @Test
    void shouldAssignAnArchetypeOnce() {
        ArchetypeAssigned assigned = new ArchetypeAssigned(ANNA, Archetype.SAGE, NOW);
        user.given(registered()).when(new AssignArchetype(ANNA, Archetype.SAGE)).expectEvents(assigned);
        user.given(registered(), assigned)
                .when(new AssignArchetype(ANNA, Archetype.SAGE))
                .expectNoEvents();
    }

    @Test
    void shouldUpdateModalitiesOnce() {
        ModalitiesUpdated updated = new ModalitiesUpdated(ANNA, List.of(Modality.TEXT, Modality.VIDEO), NOW);
        UpdateModalities update = new UpdateModalities(ANNA, List.of(Modality.VIDEO, Modality.TEXT));
        user.given(registered()).when(update).expectEvents(updated);
        user.given(registered(), updated).when(update).expectNoEvents();
    }

    @Test
    void shouldChangeMatchingPreferencesOnce() {
        MatchingPreferences preferences = new MatchingPreferences(true, 25, 40);
        MatchingPreferencesChanged changed = new MatchingPreferencesChanged(ANNA, preferences, NOW);
        ChangeMatchingPreferences change = new ChangeMatchingPreferences(ANNA, preferences);
        user.given(registered()).when(change).expectEvents(changed);
        user.given(registered(), changed).when(change).expectNoEvents();
    }

    @Test
    void shouldBeOptedOutFromTheStart() {
        user.given(registered())
                .when(new ChangeMatchingPreferences(ANNA, MatchingPreferences.OPTED_OUT))
                .expectNoEvents();
    }

    @Test
    void shouldBlockAndUnblockOnce() {
        UserBlocked blocked = new UserBlocked(ANNA, BEN, NOW);
        user.given(registered()).when(new BlockUser(ANNA, BEN)).expectEvents(blocked);
        user.given(registered(), blocked).when(new BlockUser(ANNA, BEN)).expectNoEvents();
        user.given(registered(), blocked)
                .when(new UnblockUser(ANNA, BEN))
                .expectEvents(new UserUnblocked(ANNA, BEN, NOW));
        user.given(registered()).when(new UnblockUser(ANNA, BEN)).expectNoEvents();
    }

    @Test
    void shouldForgetOnceAndSayEachTimeWhichNamesAreToBeGivenBack() {
        ReservedNames names =
                new ReservedNames(ReservationId.username("anna"), ReservationId.email("anna@example.org"));
        user.given(registered())
                .when(new ForgetUser(ANNA))
                .expectEvents(forgotten())
                .expectResultMessagePayload(names);
        user.given(registered(), forgotten())
                .when(new ForgetUser(ANNA))
                .expectNoEvents()
                .expectResultMessagePayload(names);
    }

    @Test
    void shouldDoNothingMoreForAForgottenUser() {
        List<Object> commands = List.of(
                rename("Ann"),
                new ChangePassword(ANNA, "hash"),
                new AssignArchetype(ANNA, Archetype.SAGE),
                new UpdateModalities(ANNA, List.of(Modality.TEXT)),
                new ChangeMatchingPreferences(ANNA, new MatchingPreferences(true, null, null)),
                new BlockUser(ANNA, BEN),
                new UnblockUser(ANNA, BEN));
        for (Object command : commands) {
            refused(user.given(registered(), forgotten()).when(command), DomainError.USER_NOT_FOUND);
        }
    }

    @Test
    void shouldKnowNobodyWhoNeverRegistered() {
        user.givenNoPriorActivity()
                .when(rename("Ann"))
                .expectNoEvents()
                .expectException(AggregateNotFoundException.class);
    }

    @Test
    void shouldPrintNothingPersonal() {
        assertThat(register(PROFILE) + " " + registered() + " " + rename("Ann") + " " + PROFILE)
                .doesNotContain("anna@example.org", "Anna", "Ann", "anna", "argon");
    }

    private static RegisterUser register(Profile profile) {
        return new RegisterUser(ANNA, "anna", "anna@example.org", "$argon2id$…", profile);
    }

    private static UserRegistered registered() {
        return new UserRegistered(ANNA, "anna", "anna@example.org", "$argon2id$…", PROFILE, NOW);
    }

    private static UserForgotten forgotten() {
        return new UserForgotten(ANNA, NOW);
    }

    private static UpdateProfile rename(String displayName) {
        return new UpdateProfile(
                ANNA, Patch.to(displayName), Patch.leave(), Patch.leave(), Patch.leave(), Patch.leave(), Patch.leave());
    }

    private static CommandMessage<?> keyed(Object command, String fingerprint) {
        return new GenericCommandMessage<>(command, key(fingerprint));
    }

    private static MetaData key(String fingerprint) {
        return MetaData.from(
                Map.of(MetadataKeys.IDEMPOTENCY_KEY, "k-1", MetadataKeys.IDEMPOTENCY_FINGERPRINT, fingerprint));
    }

    private static void refused(ResultValidator<User> result, DomainError error) {
        result.expectNoEvents()
                .expectException(DomainException.class)
                .expectExceptionMessage(startsWith(error.detail()));
    }
}
