package io.metachat.gateway.matching;

import io.metachat.gateway.http.Timestamps;
import io.metachat.proto.v1.Search;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A search and its proposals so far, newest first. */
record SearchView(
        String searchId,
        String state,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        List<MatchView> tried) {

    static SearchView of(Search search) {
        return new SearchView(
                search.getSearchId(),
                search.getState(),
                Timestamps.instant(search.hasStartedAt(), search.getStartedAt()),
                Timestamps.instant(search.hasEndedAt(), search.getEndedAt()),
                search.getTriedList().stream().map(MatchView::of).toList());
    }

    /** Right after its start. */
    record Started(String searchId, String state) {}
}
