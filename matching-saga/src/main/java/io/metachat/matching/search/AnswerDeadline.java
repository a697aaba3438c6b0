package io.metachat.matching.search;

import io.metachat.domain.MatchId;
import java.time.Instant;
import org.axonframework.deadline.DeadlineManager;
import org.jspecify.annotations.Nullable;

/** The deadline by which both sides must have answered a proposal. */
final class AnswerDeadline {

    /** Stored with each pending deadline. */
    static final String NAME = "answer-due";

    private AnswerDeadline() {}

    /** Schedules the deadline for the saga that handles the current event. Returns the id that {@link #cancel} needs. */
    static String schedule(DeadlineManager deadlines, Instant due, MatchId matchId) {
        return deadlines.schedule(due, NAME, matchId);
    }

    /** Cancels the deadline unless it has been met already. */
    static void cancel(DeadlineManager deadlines, @Nullable String deadlineId) {
        if (deadlineId != null) {
            deadlines.cancelSchedule(NAME, deadlineId);
        }
    }
}
