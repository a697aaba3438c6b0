package io.metachat.matching.candidate;

import io.metachat.domain.MatchId;

/**
 * What has been between two people so far.
 *
 * @param round of the latest proposal
 * @param matchId of the latest proposal
 */
public record Pairing(int round, MatchId matchId, State state) {

    /** How the latest proposal stands. */
    public enum State {
        /** Waits for answers. */
        OPEN,
        /** They are matched: never proposed again. */
        ESTABLISHED,
        /** One of them said no: never proposed again. */
        DECLINED,
        /** Ran out or was taken back: may be proposed again, in the next round. */
        LAPSED
    }

    Pairing in(State next) {
        return new Pairing(round, matchId, next);
    }
}
