package io.metachat.projections.match;

import static io.metachat.projections.table.Values.orEmpty;
import static io.metachat.projections.table.Values.orZero;

import io.metachat.projections.match.MatchTables.MatchRow;
import io.metachat.projections.page.Times;
import io.metachat.proto.v1.Match;
import io.metachat.proto.v1.MatchState;
import io.metachat.proto.v1.ScoreParts;
import java.util.Objects;

/** Matches as queries answer them. */
final class MatchMessages {

    private MatchMessages() {}

    /** Whether the row is a proposal's, and not only the rest of a change. */
    static boolean isProposed(MatchRow row) {
        return row.proposedAt() != null;
    }

    static Match match(MatchRow row) {
        String first = String.valueOf(row.firstId());
        String second = String.valueOf(row.secondId());
        Match.Builder match = Match.newBuilder()
                .setMatchId(row.matchId().toString())
                .setState(MatchState.valueOf(row.state()))
                .setProposedBy(String.valueOf(row.proposedBy()))
                .addUsers(first)
                .addUsers(second)
                .setScore(orZero(row.score()))
                .setParts(ScoreParts.newBuilder()
                        .setMood(orZero(row.moodPart()))
                        .setTopics(orZero(row.topicsPart()))
                        .setStability(orZero(row.stabilityPart()))
                        .setFreshness(orZero(row.freshnessPart())))
                .addAllCommonTopics(orEmpty(row.commonTopics()))
                .setCreatedAt(Times.timestamp(Objects.requireNonNull(row.proposedAt())))
                .setExpiresAt(Times.timestamp(Objects.requireNonNull(row.expiresAt())));
        if (Boolean.TRUE.equals(row.firstAccepted())) {
            match.addAcceptedBy(first);
        }
        if (Boolean.TRUE.equals(row.secondAccepted())) {
            match.addAcceptedBy(second);
        }
        return match.build();
    }
}
