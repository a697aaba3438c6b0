package io.metachat.domain.search;

import io.metachat.domain.MatchId;
import io.metachat.domain.SearchId;
import io.metachat.domain.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A search is over. */
public record MatchSearchEnded(
        UserId userId,
        SearchId searchId,
        Outcome outcome,
        @Nullable MatchId matchId,
        Instant endedAt) implements SearchEvent {

    /** How a search ends. */
    public enum Outcome {
        MATCHED,
        EXHAUSTED,
        CANCELLED
    }
}
