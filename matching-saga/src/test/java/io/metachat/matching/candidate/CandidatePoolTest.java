package io.metachat.matching.candidate;

import static io.metachat.matching.People.ADA;
import static io.metachat.matching.People.BEN;
import static io.metachat.matching.People.CLEO;
import static io.metachat.matching.People.CLOCK;
import static io.metachat.matching.People.DAN;
import static io.metachat.matching.People.GLOOMY;
import static io.metachat.matching.People.JOYFUL;
import static io.metachat.matching.People.NOW;
import static io.metachat.matching.People.SCORE;
import static io.metachat.matching.People.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserId;
import io.metachat.domain.UserPair;
import io.metachat.domain.diary.event.MoodProfileShifted;
import io.metachat.domain.match.event.MatchDeclined;
import io.metachat.domain.match.event.MatchEstablished;
import io.metachat.domain.match.event.MatchExpired;
import io.metachat.domain.match.event.MatchProposed;
import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.MoodProfile;
import io.metachat.domain.mood.Topic;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.user.MatchingPreferences;
import io.metachat.domain.user.event.MatchingPreferencesChanged;
import io.metachat.domain.user.event.UserBlocked;
import io.metachat.domain.user.event.UserForgotten;
import io.metachat.domain.user.event.UserUnblocked;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CandidatePoolTest {

    private static final Topic WORK = new Topic("work", 0.6);
    private static final Topic SLEEP = new Topic("sleep", 0.4);
    private static final Topic TRAVEL = new Topic("travel", 0.5);

    private final CandidatePool pool = new CandidatePool(2, CLOCK);
    private final CandidateEvents people = new CandidateEvents(pool);

    @BeforeEach
    void setUp() {
        people.joined(ADA, JOYFUL, 0.6, WORK, SLEEP);
    }

    @Test
    void shouldRankTheMostAlikeFirst() {
        people.joined(CLEO, GLOOMY, -0.2, TRAVEL);
        people.joined(BEN, JOYFUL, 0.5, WORK);

        List<RankedCandidate> best = pool.best(ADA, 10, Set.of());

        assertThat(best).extracting(c -> c.person().id()).containsExactly(BEN, CLEO);
        assertThat(best.get(0).score().mood()).isCloseTo(1, within(1e-9));
        assertThat(best.get(0).score().commonTopics()).containsExactly("work");
        assertThat(best.get(0).explanation()).isEqualTo("Your moods are 100 % alike, and you both write about work.");
    }

    @Test
    void shouldScoreBothDirectionsAlike() {
        people.joined(BEN, GLOOMY, -0.1, WORK, TRAVEL);

        assertThat(pool.candidate(ADA, BEN).score().score())
                .isCloseTo(pool.candidate(BEN, ADA).score().score(), within(1e-12));
    }

    @Test
    void shouldNeverFindOneself() {
        assertThat(pool.best(ADA, 10, Set.of())).isEmpty();
        refuses(() -> pool.candidate(ADA, ADA), DomainError.MATCH_WITH_ONESELF);
    }

    @Test
    void shouldNotCompareSomebodyOfWhomNoAnalysedEntryIsLeft() {
        people.joined(BEN, JOYFUL, 0.5);
        MoodProfile nothing =
                new MoodProfile(new Emotions(0, 0, 0, 0, 0, 0, 0, 0), 0, 0, 0, List.of(), 0, NOW.plusSeconds(60));

        people.projection().on(new MoodProfileShifted(BEN, nothing, 1, NOW.plusSeconds(60)));

        assertThat(pool.best(ADA, 10, Set.of())).isEmpty();
        refuses(() -> pool.candidate(BEN, ADA), DomainError.NOT_A_CANDIDATE);
    }

    @Test
    void shouldPassOverWhoHasBeenTried() {
        people.joined(BEN, JOYFUL, 0.5);

        assertThat(pool.best(ADA, 10, Set.of(BEN))).isEmpty();
    }

    @Test
    void shouldRefuseAnAskerWhoHasNotOptedIn() {
        people.joined(BEN, JOYFUL, 0.5);
        optOut(ADA);

        refuses(() -> pool.best(ADA, 10, Set.of()), DomainError.MATCHING_DISABLED);
        refuses(() -> pool.candidate(ADA, BEN), DomainError.MATCHING_DISABLED);
        refuses(() -> pool.requireSearchable(ADA), DomainError.MATCHING_DISABLED);
    }

    @Test
    void shouldNotFindWhoHasOptedOut() {
        people.joined(BEN, JOYFUL, 0.5);
        optOut(BEN);

        assertThat(pool.best(ADA, 10, Set.of())).isEmpty();
        refuses(() -> pool.candidate(ADA, BEN), DomainError.NOT_A_CANDIDATE);
    }

    @Test
    void shouldKeepTheBlockedApartInBothDirections() {
        people.joined(BEN, JOYFUL, 0.5);
        people.projection().on(new UserBlocked(BEN, ADA, NOW));

        refuses(() -> pool.candidate(ADA, BEN), DomainError.NOT_A_CANDIDATE);
        refuses(() -> pool.candidate(BEN, ADA), DomainError.NOT_A_CANDIDATE);
        refuses(() -> pool.compatibility(ADA, BEN), DomainError.NOT_A_CANDIDATE);

        people.projection().on(new UserUnblocked(BEN, ADA, NOW));
        assertThat(pool.best(ADA, 10, Set.of())).hasSize(1);
    }

    @Test
    void shouldHeedBothSidesWishesAboutAge() {
        people.joined(BEN, JOYFUL, 0.5);
        people.projection().on(new MatchingPreferencesChanged(BEN, new MatchingPreferences(true, 40, 60), NOW));

        assertThat(pool.best(ADA, 10, Set.of())).isEmpty();

        people.projection().on(new MatchingPreferencesChanged(BEN, new MatchingPreferences(true, 30, 40), NOW));
        assertThat(pool.best(ADA, 10, Set.of())).hasSize(1);
    }

    @Test
    void shouldNotBringTwoPeopleInAcuteDistressTogether() {
        people.joined(BEN, GLOOMY, -0.7);
        people.joined(CLEO, GLOOMY, -0.7);

        assertThat(pool.best(BEN, 10, Set.of()))
                .extracting(c -> c.person().id())
                .containsExactly(ADA);
        refuses(() -> pool.candidate(BEN, CLEO), DomainError.NOT_A_CANDIDATE);
    }

    @Test
    void shouldNeverProposeTheSamePersonTwice() {
        people.joined(BEN, JOYFUL, 0.5);
        UserPair pair = new UserPair(ADA, BEN);
        MatchId first = propose(pair, 1);

        refuses(() -> pool.candidate(ADA, BEN), DomainError.ALREADY_MATCHED);

        people.projection().on(new MatchEstablished(first, pair, NOW));
        refuses(() -> pool.candidate(ADA, BEN), DomainError.ALREADY_MATCHED);
        assertThat(pool.best(ADA, 10, Set.of())).isEmpty();
    }

    @Test
    void shouldRespectANo() {
        people.joined(BEN, JOYFUL, 0.5);
        UserPair pair = new UserPair(ADA, BEN);
        MatchId first = propose(pair, 1);
        people.projection().on(new MatchDeclined(first, pair, BEN, NOW));

        refuses(() -> pool.candidate(ADA, BEN), DomainError.NOT_A_CANDIDATE);
    }

    @Test
    void shouldProposeALapsedPairInTheNextRound() {
        people.joined(BEN, JOYFUL, 0.5);
        UserPair pair = new UserPair(ADA, BEN);
        MatchId first = propose(pair, 1);
        people.projection().on(new MatchExpired(first, pair, NOW));

        assertThat(pool.candidate(ADA, BEN).round()).isEqualTo(2);
    }

    @Test
    void shouldSpreadExposure() {
        people.joined(BEN, JOYFUL, 0.5);
        people.joined(CLEO, JOYFUL, 0.5);
        people.joined(DAN, JOYFUL, 0.5);
        propose(new UserPair(BEN, CLEO), 1);
        propose(new UserPair(BEN, DAN), 1);

        refuses(() -> pool.candidate(ADA, BEN), DomainError.TOO_MANY_PROPOSALS);
        assertThat(pool.best(ADA, 10, Set.of()))
                .extracting(c -> c.person().id())
                .containsExactly(CLEO, DAN);
    }

    @Test
    void shouldForget() {
        people.joined(BEN, JOYFUL, 0.5);
        people.projection().on(new UserForgotten(BEN, NOW));

        refuses(() -> pool.candidate(ADA, BEN), DomainError.USER_NOT_FOUND);
    }

    @Test
    void shouldAgreeWithBruteForceOnAThousandPeople() {
        Random random = new Random(42);
        for (int i = 10; i < 1010; i++) {
            double[] vector = random.doubles(8).toArray();
            people.joined(user(i), Emotions.of(vector), random.nextDouble() * 2 - 1, WORK);
        }

        List<RankedCandidate> best = pool.best(ADA, 5, Set.of());

        List<Double> all = IntStream.range(10, 1010)
                .mapToObj(i -> pool.candidate(ADA, user(i)).score().score())
                .sorted(Comparator.reverseOrder())
                .limit(5)
                .toList();
        assertThat(best).extracting(c -> c.score().score()).containsExactlyElementsOf(all);
    }

    private MatchId propose(UserPair pair, int round) {
        MatchId id = MatchId.of(pair, round);
        people.projection().on(new MatchProposed(id, pair, pair.first(), round, SCORE, null, NOW, NOW.plusSeconds(60)));
        return id;
    }

    private void optOut(UserId user) {
        people.projection().on(new MatchingPreferencesChanged(user, MatchingPreferences.OPTED_OUT, NOW));
    }

    private static void refuses(ThrowingCallable call, DomainError error) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DomainException.class, e -> assertThat(e.error()).isEqualTo(error));
    }
}
