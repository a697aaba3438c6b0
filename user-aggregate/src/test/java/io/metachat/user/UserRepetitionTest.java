package io.metachat.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;
import io.metachat.domain.axon.DomainCommandTargetResolver;
import io.metachat.domain.field.Patch;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.request.RepeatRegistration;
import io.metachat.domain.request.Repetition;
import io.metachat.domain.request.RequestAnswered;
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
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of a user with an idempotency key, once and again. */
class UserRepetitionTest {

    private static final Instant NOW = Instant.parse("2026-03-01T20:15:30.123Z");
    private static final UserId ANNA = new UserId(UUID.randomUUID());
    private static final UserId BEN = new UserId(UUID.randomUUID());
    private static final UserId CLEO = new UserId(UUID.randomUUID());
    private static final Profile PROFILE = new Profile("Anna", null, null, null, null, null);
    private static final MatchingPreferences OPTED_IN = new MatchingPreferences(true, 25, 40);
    private static final UserRegistered REGISTERED =
            new UserRegistered(ANNA, "anna", "anna@example.org", "hash", PROFILE, NOW);
    private static final UserBlocked BEN_BLOCKED = new UserBlocked(ANNA, BEN, NOW);
    private static final UserForgotten FORGOTTEN = new UserForgotten(ANNA, NOW);

    private final FixtureConfiguration<User> user = new AggregateTestFixture<>(User.class);

    @BeforeEach
    void wire() {
        user.registerCommandTargetResolver(new DomainCommandTargetResolver());
        user.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
        user.registerCommandHandlerInterceptor(
                new CorrelationDataInterceptor<>(new MessageCorrelation("user-service")));
    }

    /**
     * A command with a key.
     *
     * @param effect the event after which the command changes nothing; it is also the event that the command publishes
     * @param undoing an event after which the command would change something again
     */
    private record Keyed(
            Object command,
            Object effect,
            Object undoing,
            @Nullable Object answer) {

        @Override
        public String toString() {
            return command.getClass().getSimpleName();
        }
    }

    static Stream<Keyed> changes() {
        return Stream.of(
                new Keyed(
                        new UpdateProfile(
                                ANNA,
                                Patch.to("Ann"),
                                Patch.leave(),
                                Patch.leave(),
                                Patch.leave(),
                                Patch.leave(),
                                Patch.leave()),
                        new ProfileUpdated(ANNA, new Profile("Ann", null, null, null, null, null), NOW),
                        new ProfileUpdated(ANNA, PROFILE, NOW),
                        null),
                new Keyed(
                        new AssignArchetype(ANNA, Archetype.SAGE),
                        new ArchetypeAssigned(ANNA, Archetype.SAGE, NOW),
                        new ArchetypeAssigned(ANNA, Archetype.HERO, NOW),
                        null),
                new Keyed(
                        new UpdateModalities(ANNA, List.of(Modality.TEXT)),
                        new ModalitiesUpdated(ANNA, List.of(Modality.TEXT), NOW),
                        new ModalitiesUpdated(ANNA, List.of(), NOW),
                        null),
                new Keyed(
                        new ChangeMatchingPreferences(ANNA, OPTED_IN),
                        new MatchingPreferencesChanged(ANNA, OPTED_IN, NOW),
                        new MatchingPreferencesChanged(ANNA, MatchingPreferences.OPTED_OUT, NOW),
                        null),
                new Keyed(
                        new BlockUser(ANNA, CLEO),
                        new UserBlocked(ANNA, CLEO, NOW),
                        new UserUnblocked(ANNA, CLEO, NOW),
                        null));
    }

    /** Commands without a state in which they change nothing, or without a way back from it. */
    static Stream<Keyed> oneWay() {
        ReservedNames names =
                new ReservedNames(ReservationId.username("anna"), ReservationId.email("anna@example.org"));
        return Stream.of(
                new Keyed(
                        new ChangePassword(ANNA, "next"),
                        new PasswordChanged(ANNA, "next", NOW),
                        new PasswordChanged(ANNA, "third", NOW),
                        "third"),
                new Keyed(new UnblockUser(ANNA, BEN), new UserUnblocked(ANNA, BEN, NOW), BEN_BLOCKED, null),
                new Keyed(new ForgetUser(ANNA), FORGOTTEN, new ProfileUpdated(ANNA, PROFILE, NOW), names));
    }

    static Stream<Keyed> all() {
        return Stream.concat(changes(), oneWay());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldPublishOneEventForAKeyedChange(Keyed keyed) {
        user.given(REGISTERED, BEN_BLOCKED).when(keyed.command(), key("f-1")).expectEvents(keyed.effect());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldAnswerARepeatedChangeFromTheStateAndChangeNothing(Keyed keyed) {
        user.given(REGISTERED, BEN_BLOCKED)
                .andGivenCommands(List.of(message(keyed.command())))
                .andGiven(keyed.undoing())
                .when(keyed.command(), key("f-1"))
                .expectNoEvents()
                .expectResultMessagePayload(keyed.answer());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void shouldRememberACommandThatChangesNothing(Keyed keyed) {
        user.given(REGISTERED, keyed.effect())
                .when(keyed.command(), key("f-1"))
                .expectEvents(new RequestAnswered(null));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void shouldNotOverwriteWhatWasDoneAfterACommandThatChangedNothing(Keyed keyed) {
        user.given(REGISTERED, keyed.effect())
                .andGivenCommands(List.of(message(keyed.command())))
                .andGiven(keyed.undoing())
                .when(keyed.command(), key("f-1"))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldRefuseAnotherRequestUnderTheSameKey(Keyed keyed) {
        user.given(REGISTERED, BEN_BLOCKED)
                .andGivenCommands(List.of(message(keyed.command())))
                .when(keyed.command(), key("f-2"))
                .expectNoEvents()
                .expectException(DomainException.class)
                .expectExceptionMessage(DomainError.IDEMPOTENCY_KEY_REUSED.detail());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void shouldBringNothingBackAfterTheUserWasForgotten(Keyed keyed) {
        user.given(REGISTERED)
                .andGivenCommands(List.of(message(keyed.command())))
                .andGiven(FORGOTTEN)
                .when(keyed.command(), key("f-1"))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void shouldPublishNothingForACommandWithoutAKeyThatChangesNothing(Keyed keyed) {
        user.given(REGISTERED, keyed.effect()).when(keyed.command()).expectNoEvents();
    }

    @Test
    void shouldProveARepeatedRegistrationByTheCurrentPassword() {
        for (Object repetition : List.of(register(), new RepeatRegistration(ANNA, "anna", "anna@example.org"))) {
            user.givenCommands(List.of(message(register())))
                    .andGiven(new PasswordChanged(ANNA, "changed", NOW))
                    .when(repetition, key("f-1"))
                    .expectNoEvents()
                    .expectResultMessagePayload("changed");
        }
    }

    @Test
    void shouldNotTakeARegistrationForTheRepetitionOfAnothers() {
        for (Object other : List.of(
                new RegisterUser(ANNA, "anna", "other@example.org", "hash", PROFILE),
                new RepeatRegistration(ANNA, "other", "anna@example.org"))) {
            user.given(REGISTERED)
                    .when(other, key("f-1"))
                    .expectNoEvents()
                    .expectException(DomainException.class)
                    .expectExceptionMessage(DomainError.IDEMPOTENCY_KEY_REUSED.detail());
        }
    }

    @Test
    void shouldGiveNoPasswordOfAForgottenUser() {
        for (Object repetition : List.of(register(), new RepeatRegistration(ANNA, "anna", "anna@example.org"))) {
            user.givenCommands(List.of(message(register())))
                    .andGiven(FORGOTTEN)
                    .when(repetition, key("f-1"))
                    .expectNoEvents()
                    .expectException(DomainException.class)
                    .expectExceptionMessage(DomainError.USER_NOT_FOUND.detail());
        }
    }

    @Test
    void shouldNameEveryCommandHere() {
        Set<Class<?>> handled = Arrays.stream(User.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(CommandHandler.class))
                .map(Method::getParameterTypes)
                .map(parameters -> parameters[0])
                .filter(command -> command != RegisterUser.class && !Repetition.class.isAssignableFrom(command))
                .collect(Collectors.toSet());

        assertThat(all().map(keyed -> keyed.command().getClass()).collect(Collectors.toSet()))
                .isEqualTo(handled);
    }

    private static RegisterUser register() {
        return new RegisterUser(ANNA, "anna", "anna@example.org", "hash", PROFILE);
    }

    private static Object message(Object command) {
        return new GenericCommandMessage<>(command, key("f-1"));
    }

    private static MetaData key(String fingerprint) {
        return MetaData.from(
                Map.of(MetadataKeys.IDEMPOTENCY_KEY, "k-1", MetadataKeys.IDEMPOTENCY_FINGERPRINT, fingerprint));
    }
}
