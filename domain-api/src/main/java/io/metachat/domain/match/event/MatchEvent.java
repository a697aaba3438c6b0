package io.metachat.domain.match.event;

import io.metachat.domain.DomainEvent;
import io.metachat.domain.MatchId;
import io.metachat.domain.UserPair;

/** A fact about a match. Both people are named in each, so that a consumer needs no look-up. */
public sealed interface MatchEvent extends DomainEvent
        permits MatchProposed, MatchAccepted, MatchEstablished, MatchDeclined, MatchCancelled, MatchExpired {

    MatchId matchId();

    UserPair users();
}
