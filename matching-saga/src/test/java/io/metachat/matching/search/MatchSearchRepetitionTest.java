package io.metachat.matching.search;

import static io.metachat.matching.People.ADA;
import static io.metachat.matching.People.CLOCK;
import static io.metachat.matching.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.domain.SearchId;
import io.metachat.domain.axon.DomainCommandTargetResolver;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.request.Repetition;
import io.metachat.domain.request.RequestAnswered;
import io.metachat.domain.search.EndSearch;
import io.metachat.domain.search.MatchSearchEnded;
import io.metachat.domain.search.MatchSearchEnded.Outcome;
import io.metachat.domain.search.MatchSearchStarted;
import io.metachat.domain.search.RepeatSearch;
import io.metachat.domain.search.SearchCommand;
import io.metachat.domain.search.StartSearch;
import io.metachat.service.call.MetadataKeys;
import io.metachat.service.correlation.MessageCorrelation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.TestExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of a person's searches with an idempotency key, once and again. */
class MatchSearchRepetitionTest {

    private static final SearchId FIRST = new SearchId(new UUID(1, 1));
    private static final SearchId SECOND = new SearchId(new UUID(1, 2));
    private static final MatchSearchStarted STARTED = new MatchSearchStarted(ADA, FIRST, NOW);
    private static final MatchSearchEnded ENDED = new MatchSearchEnded(ADA, FIRST, Outcome.CANCELLED, null, NOW);
    private static final StartSearch START = new StartSearch(ADA, FIRST);
    private static final StartSearch START_SECOND = new StartSearch(ADA, SECOND);
    private static final EndSearch END = new EndSearch(ADA, null, Outcome.CANCELLED, null);

    private final FixtureConfiguration<MatchSearch> search = new AggregateTestFixture<>(MatchSearch.class);

    @BeforeEach
    void wire() {
        search.registerInjectableResource(CLOCK);
        search.registerCommandTargetResolver(new DomainCommandTargetResolver());
        search.registerCommandHandlerInterceptor(
                new CorrelationDataInterceptor<>(new MessageCorrelation("matching-service")));
    }

    /**
     * A command with a key.
     *
     * @param before the events before the command
     * @param published the event that the command publishes
     * @param later the commands that follow, after which the command would change something again, or would be refused
     * @param answer to the command, and to each of its repetitions
     */
    private record Keyed(
            SearchCommand command,
            List<Object> before,
            Object published,
            List<Object> later,
            @Nullable SearchId answer) {

        @Override
        public String toString() {
            return command.getClass().getSimpleName();
        }
    }

    static Stream<Keyed> changes() {
        return Stream.of(
                new Keyed(START, List.of(), STARTED, List.of(END, START_SECOND), FIRST),
                new Keyed(END, List.of(STARTED), ENDED, List.of(START_SECOND), FIRST));
    }

    static Stream<Keyed> withoutChange() {
        return Stream.of(
                new Keyed(START, List.of(STARTED), new RequestAnswered(0L), List.of(END), FIRST),
                new Keyed(START, List.of(STARTED, ENDED), new RequestAnswered(0L), List.of(START_SECOND), FIRST),
                new Keyed(
                        new EndSearch(ADA, SECOND, Outcome.CANCELLED, null),
                        List.of(STARTED),
                        new RequestAnswered(null),
                        List.of(END, START_SECOND),
                        null));
    }

    static Stream<Keyed> all() {
        return Stream.concat(changes(), withoutChange());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldPublishOneEventForAKeyedCommand(Keyed keyed) {
        search.given(keyed.before())
                .when(keyed.command(), key("f-1"))
                .expectEvents(keyed.published())
                .expectResultMessagePayload(keyed.answer());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldAnswerARepetitionAsTheFirstTime(Keyed keyed) {
        once(keyed).when(keyed.command(), key("f-1")).expectNoEvents().expectResultMessagePayload(keyed.answer());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldNeitherStartNorEndASearchAgain(Keyed keyed) {
        once(keyed)
                .andGivenCommands(keyed.later())
                .when(keyed.command(), key("f-1"))
                .expectNoEvents()
                .expectResultMessagePayload(keyed.answer());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldRefuseAnotherRequestUnderTheSameKey(Keyed keyed) {
        for (Object other : List.of(keyed.command(), new RepeatSearch(ADA))) {
            once(keyed)
                    .andGivenCommands(keyed.later())
                    .when(other, key("f-2"))
                    .expectNoEvents()
                    .expectException(DomainException.class)
                    .expectExceptionMessage(DomainError.IDEMPOTENCY_KEY_REUSED.detail());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldGiveTheEarlierAnswerToARepetition(Keyed keyed) {
        once(keyed)
                .andGivenCommands(keyed.later())
                .when(new RepeatSearch(ADA), key("f-1"))
                .expectNoEvents()
                .expectResultMessagePayload(keyed.answer());
    }

    @Test
    void shouldGiveNoAnswerToARepetitionOfAnUnknownKey() {
        search.given(STARTED)
                .when(new RepeatSearch(ADA), key("f-1"))
                .expectNoEvents()
                .expectResultMessagePayload(null);
    }

    @Test
    void shouldNameEveryCommandHere() {
        Set<Class<?>> commands = Arrays.stream(SearchCommand.class.getPermittedSubclasses())
                .filter(command -> !Repetition.class.isAssignableFrom(command))
                .collect(Collectors.toSet());

        assertThat(types(changes())).isEqualTo(commands);
        assertThat(types(withoutChange())).isEqualTo(commands);
    }

    private TestExecutor<MatchSearch> once(Keyed keyed) {
        return search.given(keyed.before())
                .andGivenCommands(List.of(new GenericCommandMessage<>(keyed.command(), key("f-1"))));
    }

    private static Set<Class<?>> types(Stream<Keyed> keyed) {
        return keyed.map(each -> each.command().getClass()).collect(Collectors.toSet());
    }

    private static MetaData key(String fingerprint) {
        return MetaData.with(MetadataKeys.IDEMPOTENCY_KEY, "k-1")
                .and(MetadataKeys.IDEMPOTENCY_FINGERPRINT, fingerprint);
    }
}
