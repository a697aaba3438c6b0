package io.metachat.diary.reanalysis;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a reanalysis is.
 *
 * @param entries how many entries are to be published; absent until they are counted
 * @param published how many the broker has
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReanalysisReport(
        State state,
        Instant since,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Long entries,
        long published) {

    enum State {
        RUNNING,
        DONE,
        CANCELLED,
        /** The log says why; beginning again does no harm. */
        FAILED
    }

    static ReanalysisReport started(Instant since, Instant now) {
        return new ReanalysisReport(State.RUNNING, since, now, null, null, 0);
    }

    ReanalysisReport counted(long found) {
        return new ReanalysisReport(state, since, startedAt, endedAt, found, published);
    }

    ReanalysisReport published(int more) {
        return new ReanalysisReport(state, since, startedAt, endedAt, entries, published + more);
    }

    ReanalysisReport ended(State outcome, Instant now) {
        return new ReanalysisReport(outcome, since, startedAt, now, entries, published);
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }
}
