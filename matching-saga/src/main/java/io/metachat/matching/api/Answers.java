package io.metachat.matching.api;

import io.metachat.domain.UserId;
import io.metachat.domain.candidate.MatchScore;
import io.metachat.matching.candidate.Person;
import io.metachat.matching.candidate.RankedCandidate;
import io.metachat.matching.proposal.MatchSnapshot;
import io.metachat.proto.Times;
import io.metachat.proto.v1.Candidate;
import io.metachat.proto.v1.Match;
import io.metachat.proto.v1.MatchState;
import io.metachat.proto.v1.ScoreParts;
import java.util.Objects;

/** The results of calls as messages. */
final class Answers {

    private Answers() {}

    static Match match(MatchSnapshot match) {
        return Match.newBuilder()
                .setMatchId(match.matchId().toString())
                .setState(state(match))
                .setProposedBy(match.proposedBy().toString())
                .addUsers(match.users().first().toString())
                .addUsers(match.users().second().toString())
                .addAllAcceptedBy(match.acceptedBy().stream()
                        .map(UserId::toString)
                        .sorted()
                        .toList())
                .setScore(match.score().score())
                .setParts(parts(match.score()))
                .addAllCommonTopics(match.score().commonTopics())
                .setCreatedAt(Times.timestamp(match.proposedAt()))
                .setExpiresAt(Times.timestamp(match.expiresAt()))
                .build();
    }

    static Candidate candidate(RankedCandidate candidate) {
        Person person = candidate.person();
        Candidate.Builder message = Candidate.newBuilder()
                .setUserId(person.id().toString())
                .setUsername(Objects.requireNonNullElse(person.username(), ""))
                .setScore(candidate.score().score())
                .setParts(parts(candidate.score()))
                .addAllCommonTopics(candidate.score().commonTopics())
                .setExplanation(candidate.explanation());
        if (person.displayName() != null) {
            message.setDisplayName(person.displayName());
        }
        return message.build();
    }

    private static ScoreParts parts(MatchScore score) {
        return ScoreParts.newBuilder()
                .setMood(score.mood())
                .setTopics(score.topics())
                .setStability(score.stability())
                .setFreshness(score.freshness())
                .build();
    }

    private static MatchState state(MatchSnapshot match) {
        return switch (match.state()) {
            case PROPOSED -> MatchState.MATCH_STATE_PROPOSED;
            case ESTABLISHED -> MatchState.MATCH_STATE_ESTABLISHED;
            case DECLINED -> MatchState.MATCH_STATE_DECLINED;
            case CANCELLED -> MatchState.MATCH_STATE_CANCELLED;
            case EXPIRED -> MatchState.MATCH_STATE_EXPIRED;
        };
    }
}
