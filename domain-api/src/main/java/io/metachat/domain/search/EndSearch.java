package io.metachat.domain.search;

import io.metachat.domain.MatchId;
import io.metachat.domain.SearchId;
import io.metachat.domain.UserId;
import org.jspecify.annotations.Nullable;

/**
 * End the running search. A search that is not the running one is left as it is.
 *
 * @param searchId which search; {@code null} for whichever runs
 * @param matchId the match that it found, when it found one
 */
public record EndSearch(
        UserId userId,
        @Nullable SearchId searchId,
        MatchSearchEnded.Outcome outcome,
        @Nullable MatchId matchId) implements SearchCommand {}
