package io.metachat.domain;

import java.util.UUID;

/**
 * A match between two people. It is derived from the ordered pair and the round, so that two concurrent proposals in
 * opposite directions meet in one stream.
 */
public record MatchId(UUID value) implements AggregateId {

    public static MatchId of(UserPair pair, int round) {
        return new MatchId(
                Uuids.named("match", pair.first().toString(), pair.second().toString(), String.valueOf(round)));
    }

    public static MatchId parse(String uuid) {
        return new MatchId(Uuids.parse("matchId", uuid));
    }

    @Override
    public String category() {
        return "match";
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
