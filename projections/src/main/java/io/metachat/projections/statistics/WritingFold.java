package io.metachat.projections.statistics;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Folds entries, given newest first, into counts and streaks. A streak is days in a row (UTC) with an entry each. */
final class WritingFold {

    private final LocalDate today;
    private int entries;
    private long words;
    private @Nullable Instant newest;
    private @Nullable Instant oldest;
    private @Nullable LocalDate day;
    private int streak;
    private int longest;
    private int current;
    private boolean isCurrent;

    WritingFold(LocalDate today) {
        this.today = today;
    }

    void add(Instant writtenAt, int wordCount) {
        entries++;
        words += wordCount;
        if (newest == null) {
            newest = writtenAt;
        }
        oldest = writtenAt;
        addDay(writtenAt.atZone(ZoneOffset.UTC).toLocalDate());
    }

    private void addDay(LocalDate written) {
        if (written.equals(day)) {
            return;
        }
        if (day == null) {
            // It still counts when today's entry is yet to be written.
            isCurrent = !written.isBefore(today.minusDays(1));
            streak = 1;
        } else if (written.equals(day.minusDays(1))) {
            streak++;
        } else {
            streak = 1;
            isCurrent = false;
        }
        day = written;
        longest = Math.max(longest, streak);
        if (isCurrent) {
            current = streak;
        }
    }

    int entries() {
        return entries;
    }

    long words() {
        return words;
    }

    int currentStreak() {
        return current;
    }

    int longestStreak() {
        return longest;
    }

    @Nullable
    Instant newest() {
        return newest;
    }

    @Nullable
    Instant oldest() {
        return oldest;
    }
}
