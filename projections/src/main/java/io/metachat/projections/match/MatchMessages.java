package io.metachat.projections.match;

import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.projections.message.Times;
import io.metachat.proto.v1.Match;
import io.metachat.proto.v1.MatchState;
import io.metachat.proto.v1.ScoreParts;
import java.util.List;

/** Matches as queries answer them. */
final class MatchMessages {

    private MatchMessages() {}

    /** Whether the row is a proposal's, and not only what is left of a change. */
    static boolean isProposed(Row row) {
        return !row.isNull("proposed_at");
    }

    static Match match(Row row) {
        String first = String.valueOf(row.getUuid("first_id"));
        String second = String.valueOf(row.getUuid("second_id"));
        List<String> topics = row.getList("common_topics", String.class);
        Match.Builder match = Match.newBuilder()
                .setMatchId(String.valueOf(row.getUuid("match_id")))
                .setState(MatchState.valueOf(row.getString("state")))
                .setProposedBy(String.valueOf(row.getUuid("proposed_by")))
                .addUsers(first)
                .addUsers(second)
                .setScore(row.getDouble("score"))
                .setParts(ScoreParts.newBuilder()
                        .setMood(row.getDouble("mood_part"))
                        .setTopics(row.getDouble("topics_part"))
                        .setStability(row.getDouble("stability_part"))
                        .setFreshness(row.getDouble("freshness_part")))
                .addAllCommonTopics(topics == null ? List.of() : topics)
                .setCreatedAt(Times.timestamp(row.getInstant("proposed_at")))
                .setExpiresAt(Times.timestamp(row.getInstant("expires_at")));
        if (row.getBoolean("first_accepted")) {
            match.addAcceptedBy(first);
        }
        if (row.getBoolean("second_accepted")) {
            match.addAcceptedBy(second);
        }
        return match.build();
    }
}
