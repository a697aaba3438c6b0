package io.metachat.matching.proposal;

/** How a match stands; all but the first are final. */
public enum MatchState {
    PROPOSED,
    ESTABLISHED,
    DECLINED,
    CANCELLED,
    EXPIRED
}
