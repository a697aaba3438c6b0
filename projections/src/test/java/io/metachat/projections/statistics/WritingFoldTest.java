package io.metachat.projections.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class WritingFoldTest {

    private final WritingFold fold = new WritingFold(LocalDate.of(2026, 3, 10));

    @Test
    void shouldCountEntriesAndWords() {
        newestFirst("2026-03-10T23:59:59Z", "2026-03-10T00:00:00Z", "2026-01-01T00:00:00Z");

        assertThat(fold.entries()).isEqualTo(3);
        assertThat(fold.words()).isEqualTo(21);
        assertThat(fold.newest()).isEqualTo("2026-03-10T23:59:59Z");
        assertThat(fold.oldest()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void shouldCountTheStreakThatLastsUntilToday() {
        newestFirst("2026-03-10T08:00:00Z", "2026-03-09T08:00:00Z", "2026-03-09T07:00:00Z", "2026-03-08T23:00:00Z");

        assertThat(fold.currentStreak()).isEqualTo(3);
        assertThat(fold.longestStreak()).isEqualTo(3);
    }

    @Test
    void shouldNotEndAStreakBeforeTodayIsOver() {
        newestFirst("2026-03-09T08:00:00Z", "2026-03-08T08:00:00Z");

        assertThat(fold.currentStreak()).isEqualTo(2);
    }

    @Test
    void shouldEndAStreakWithADayLeftOut() {
        newestFirst(
                "2026-03-10T08:00:00Z",
                "2026-03-08T08:00:00Z",
                "2026-03-07T08:00:00Z",
                "2026-03-06T08:00:00Z",
                "2026-02-01T08:00:00Z");

        assertThat(fold.currentStreak()).isEqualTo(1);
        assertThat(fold.longestStreak()).isEqualTo(3);
    }

    @Test
    void shouldHaveNoCurrentStreakWhenTheLastEntryIsOlderThanYesterday() {
        newestFirst("2026-03-08T08:00:00Z", "2026-03-07T08:00:00Z");

        assertThat(fold.currentStreak()).isZero();
        assertThat(fold.longestStreak()).isEqualTo(2);
    }

    @Test
    void shouldCountNothingOfNothing() {
        assertThat(fold.entries()).isZero();
        assertThat(fold.currentStreak()).isZero();
        assertThat(fold.longestStreak()).isZero();
        assertThat(fold.newest()).isNull();
    }

    private void newestFirst(String... times) {
        for (String time : times) {
            fold.add(Instant.parse(time), 7);
        }
    }
}
