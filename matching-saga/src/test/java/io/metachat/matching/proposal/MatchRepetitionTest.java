package io.metachat.matching.proposal;

import static io.metachat.matching.People.ADA;
import static io.metachat.matching.People.BEN;
import static io.metachat.matching.People.CLOCK;
import static io.metachat.matching.People.NOW;
import static io.metachat.matching.People.SCORE;
import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.domain.MatchId;
import io.metachat.domain.SearchId;
import io.metachat.domain.UserId;
import io.metachat.domain.UserPair;
import io.metachat.domain.axon.DomainCommandTargetResolver;
import io.metachat.domain.match.AcceptMatch;
import io.metachat.domain.match.CancelMatch;
import io.metachat.domain.match.DeclineMatch;
import io.metachat.domain.match.ExpireMatch;
import io.metachat.domain.match.MatchCommand;
import io.metachat.domain.match.ProposeMatch;
import io.metachat.domain.match.RepeatProposal;
import io.metachat.domain.match.event.MatchAccepted;
import io.metachat.domain.match.event.MatchCancelled;
import io.metachat.domain.match.event.MatchDeclined;
import io.metachat.domain.match.event.MatchEstablished;
import io.metachat.domain.match.event.MatchExpired;
import io.metachat.domain.match.event.MatchProposed;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.request.Repetition;
import io.metachat.domain.request.RequestAnswered;
import io.metachat.service.call.MetadataKeys;
import io.metachat.service.correlation.MessageCorrelation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of a match with an idempotency key, once and again. A repetition is answered with the match as it is then. */
class MatchRepetitionTest {

    private static final UserPair PAIR = new UserPair(ADA, BEN);
    private static final MatchId ID = MatchId.of(PAIR, 1);
    private static final SearchId SEARCH = new SearchId(new UUID(9, 9));
    private static final Instant EXPIRES = NOW.plus(Duration.ofHours(72));

    private static final MatchProposed BY_ADA = new MatchProposed(ID, PAIR, ADA, 1, SCORE, null, NOW, EXPIRES);
    private static final MatchProposed BY_SEARCH = new MatchProposed(ID, PAIR, ADA, 1, SCORE, SEARCH, NOW, EXPIRES);
    private static final MatchAccepted ADA_ACCEPTED = new MatchAccepted(ID, PAIR, ADA, NOW);
    private static final MatchAccepted BEN_ACCEPTED = new MatchAccepted(ID, PAIR, BEN, NOW);
    private static final MatchEstablished ESTABLISHED = new MatchEstablished(ID, PAIR, NOW);
    private static final MatchDeclined DECLINED = new MatchDeclined(ID, PAIR, BEN, NOW);
    private static final MatchCancelled CANCELLED =
            new MatchCancelled(ID, PAIR, ADA, MatchCancelled.Reason.WITHDRAWN, NOW);
    private static final MatchExpired EXPIRED = new MatchExpired(ID, PAIR, NOW);

    private static final ProposeMatch PROPOSE = propose(1);
    private static final AcceptMatch ACCEPT = new AcceptMatch(ID, BEN);
    private static final DeclineMatch DECLINE = new DeclineMatch(ID, BEN);
    private static final CancelMatch CANCEL = new CancelMatch(ID, ADA, MatchCancelled.Reason.WITHDRAWN);

    /** Commands that no client sends, so that no key comes with them. */
    private static final Set<Class<?>> WITHOUT_KEY = Set.of(ExpireMatch.class);

    /**
     * A command with a key.
     *
     * @param before the events before the command
     * @param published the events that the command publishes
     * @param state of the match after the command
     * @param acceptedBy who has accepted the match after the command
     */
    private record Keyed(
            MatchCommand command,
            List<Object> before,
            List<Object> published,
            MatchState state,
            Set<UserId> acceptedBy) {

        MatchSnapshot answer(MatchState state) {
            MatchProposed proposed = before.isEmpty() ? BY_ADA : (MatchProposed) before.get(0);
            return new MatchSnapshot(
                    ID, state, PAIR, proposed.proposedBy(), acceptedBy, SCORE, proposed.proposedAt(), EXPIRES);
        }

        @Override
        public String toString() {
            return command.getClass().getSimpleName() + " of " + state;
        }
    }

    static Stream<Keyed> changes() {
        return Stream.of(
                new Keyed(PROPOSE, List.of(), List.of(BY_ADA, ADA_ACCEPTED), MatchState.PROPOSED, Set.of(ADA)),
                new Keyed(PROPOSE, List.of(BY_SEARCH), List.of(ADA_ACCEPTED), MatchState.PROPOSED, Set.of(ADA)),
                new Keyed(ACCEPT, List.of(BY_SEARCH), List.of(BEN_ACCEPTED), MatchState.PROPOSED, Set.of(BEN)),
                new Keyed(
                        ACCEPT,
                        List.of(BY_ADA, ADA_ACCEPTED),
                        List.of(BEN_ACCEPTED, ESTABLISHED),
                        MatchState.ESTABLISHED,
                        Set.of(ADA, BEN)),
                new Keyed(DECLINE, List.of(BY_ADA, ADA_ACCEPTED), List.of(DECLINED), MatchState.DECLINED, Set.of(ADA)),
                new Keyed(
                        CANCEL, List.of(BY_ADA, ADA_ACCEPTED), List.of(CANCELLED), MatchState.CANCELLED, Set.of(ADA)));
    }

    static Stream<Keyed> withoutChange() {
        List<Object> remembered = List.of(new RequestAnswered(null));
        return Stream.of(
                new Keyed(PROPOSE, List.of(BY_ADA, ADA_ACCEPTED), remembered, MatchState.PROPOSED, Set.of(ADA)),
                new Keyed(ACCEPT, List.of(BY_SEARCH, BEN_ACCEPTED), remembered, MatchState.PROPOSED, Set.of(BEN)),
                new Keyed(
                        ACCEPT,
                        List.of(BY_ADA, ADA_ACCEPTED, BEN_ACCEPTED, ESTABLISHED),
                        remembered,
                        MatchState.ESTABLISHED,
                        Set.of(ADA, BEN)),
                new Keyed(
                        DECLINE, List.of(BY_ADA, ADA_ACCEPTED, DECLINED), remembered, MatchState.DECLINED, Set.of(ADA)),
                new Keyed(
                        CANCEL,
                        List.of(BY_ADA, ADA_ACCEPTED, CANCELLED),
                        remembered,
                        MatchState.CANCELLED,
                        Set.of(ADA)));
    }

    static Stream<Keyed> all() {
        return Stream.concat(changes(), withoutChange());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldRememberAKeyedCommand(Keyed keyed) {
        match().given(keyed.before())
                .when(keyed.command(), key("k-1", "f-1"))
                .expectEvents(keyed.published().toArray())
                .expectResultMessagePayload(keyed.answer(keyed.state()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldAnswerARepetitionAsTheFirstTime(Keyed keyed) {
        once(keyed)
                .when(keyed.command(), key("k-1", "f-1"))
                .expectNoEvents()
                .expectResultMessagePayload(keyed.answer(keyed.state()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldNotReopenAMatchThatEndedSince(Keyed keyed) {
        if (keyed.state() == MatchState.PROPOSED) {
            ended(keyed, DECLINED, MatchState.DECLINED);
            ended(keyed, CANCELLED, MatchState.CANCELLED);
            ended(keyed, EXPIRED, MatchState.EXPIRED);
        }
        once(keyed)
                .andGivenCommands(List.of(message(keyed.command())))
                .when(new ExpireMatch(ID))
                .expectEvents(keyed.state() == MatchState.PROPOSED ? new Object[] {EXPIRED} : new Object[] {});
    }

    private static void ended(Keyed keyed, Object end, MatchState state) {
        once(keyed)
                .andGiven(end)
                .when(keyed.command(), key("k-1", "f-1"))
                .expectNoEvents()
                .expectResultMessagePayload(keyed.answer(state));
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldRefuseAnotherRequestUnderTheSameKey(Keyed keyed) {
        for (Object other : List.of(keyed.command(), new RepeatProposal(ID, ADA))) {
            once(keyed)
                    .when(other, key("k-1", "f-2"))
                    .expectNoEvents()
                    .expectException(DomainException.class)
                    .expectExceptionMessage(DomainError.IDEMPOTENCY_KEY_REUSED.detail());
        }
    }

    @ParameterizedTest
    @MethodSource("withoutChange")
    void shouldPublishNothingForACommandWithoutAKeyThatChangesNothing(Keyed keyed) {
        match().given(keyed.before())
                .when(keyed.command())
                .expectNoEvents()
                .expectResultMessagePayload(keyed.answer(keyed.state()));
    }

    /** The service asks every round of the two people for the key before it proposes in a new one. */
    @Test
    void shouldFindARepeatedProposalInItsRoundOnly() {
        Map<Object, MatchState> ends =
                Map.of(DECLINED, MatchState.DECLINED, CANCELLED, MatchState.CANCELLED, EXPIRED, MatchState.EXPIRED);
        Keyed first = changes().findFirst().orElseThrow();
        ends.forEach((end, state) -> {
            match().given()
                    .andGivenCommands(List.of(message(PROPOSE)))
                    .andGiven(end)
                    .when(new RepeatProposal(ID, ADA), key("k-1", "f-1"))
                    .expectNoEvents()
                    .expectResultMessagePayload(first.answer(state));
        });
        MatchCommand later = propose(2);
        MetaData otherKey = key("k-2", "f-2");
        match().given()
                .andGivenCommands(List.of(new GenericCommandMessage<>(later, otherKey)))
                .when(new RepeatProposal(later.matchId(), ADA), key("k-1", "f-1"))
                .expectNoEvents()
                .expectResultMessagePayload(null);
        match().given()
                .andGivenCommands(List.of(new GenericCommandMessage<>(later, otherKey)))
                .when(later, otherKey)
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void shouldNotRememberTheKeyOfARepetitionThatFoundNothing() {
        match().given(BY_SEARCH)
                .andGivenCommands(List.of(message(new RepeatProposal(ID, ADA))))
                .when(PROPOSE, key("k-1", "f-1"))
                .expectEvents(ADA_ACCEPTED);
    }

    @Test
    void shouldNameEveryCommandHere() {
        Set<Class<?>> commands = Arrays.stream(MatchCommand.class.getPermittedSubclasses())
                .filter(command -> !Repetition.class.isAssignableFrom(command) && !WITHOUT_KEY.contains(command))
                .collect(Collectors.toSet());

        assertThat(types(changes())).isEqualTo(commands);
        assertThat(types(withoutChange())).isEqualTo(commands);
    }

    private static FixtureConfiguration<Match> match() {
        FixtureConfiguration<Match> fixture = new AggregateTestFixture<>(Match.class);
        fixture.registerInjectableResource(CLOCK);
        fixture.registerCommandTargetResolver(new DomainCommandTargetResolver());
        fixture.registerCommandHandlerInterceptor(
                new CorrelationDataInterceptor<>(new MessageCorrelation("matching-service")));
        return fixture;
    }

    private static TestExecutor<Match> once(Keyed keyed) {
        return match().given(keyed.before()).andGivenCommands(List.of(message(keyed.command())));
    }

    private static ProposeMatch propose(int round) {
        return new ProposeMatch(ADA, BEN, round, SCORE, null, EXPIRES);
    }

    private static Object message(MatchCommand command) {
        return new GenericCommandMessage<>(command, key("k-1", "f-1"));
    }

    private static Set<Class<?>> types(Stream<Keyed> keyed) {
        return keyed.map(each -> each.command().getClass()).collect(Collectors.toSet());
    }

    private static MetaData key(String key, String fingerprint) {
        return MetaData.with(MetadataKeys.IDEMPOTENCY_KEY, key).and(MetadataKeys.IDEMPOTENCY_FINGERPRINT, fingerprint);
    }
}
