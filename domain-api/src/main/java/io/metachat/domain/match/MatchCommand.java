package io.metachat.domain.match;

import io.metachat.domain.Command;
import io.metachat.domain.MatchId;

/** A command to a match. */
public sealed interface MatchCommand extends Command
        permits ProposeMatch, RepeatProposal, AcceptMatch, DeclineMatch, CancelMatch, ExpireMatch {

    MatchId matchId();

    @Override
    default String target() {
        return matchId().stream();
    }
}
