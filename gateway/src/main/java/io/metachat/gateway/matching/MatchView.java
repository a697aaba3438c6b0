package io.metachat.gateway.matching;

import io.metachat.gateway.http.Timestamps;
import io.metachat.proto.v1.Match;
import io.metachat.proto.v1.MatchState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A proposal between two people and its state. */
record MatchView(
        String id,
        String state,
        String proposedBy,
        List<String> users,
        List<String> acceptedBy,
        double score,
        ScorePartsView parts,
        List<String> commonTopics,
        @Nullable Instant createdAt,
        @Nullable Instant expiresAt) {

    static MatchView of(Match match) {
        return new MatchView(
                match.getMatchId(),
                state(match.getState()),
                match.getProposedBy(),
                List.copyOf(match.getUsersList()),
                List.copyOf(match.getAcceptedByList()),
                match.getScore(),
                ScorePartsView.of(match.getParts()),
                List.copyOf(match.getCommonTopicsList()),
                Timestamps.instant(match.hasCreatedAt(), match.getCreatedAt()),
                Timestamps.instant(match.hasExpiresAt(), match.getExpiresAt()));
    }

    private static String state(MatchState state) {
        return state.name().substring("MATCH_STATE_".length()).toLowerCase(Locale.ROOT);
    }
}
