package io.metachat.gateway.user;

import io.metachat.gateway.http.Timestamps;
import io.metachat.gateway.mood.TopicView;
import io.metachat.proto.v1.Statistics;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A diarist's statistics. */
record StatisticsView(
        int entries,
        long words,
        int sessions,
        int currentStreakDays,
        int longestStreakDays,
        int entriesAnalysed,
        List<TopicView> topTopics,
        @Nullable Instant firstEntryAt,
        @Nullable Instant lastEntryAt) {

    static StatisticsView of(Statistics statistics) {
        return new StatisticsView(
                statistics.getEntries(),
                statistics.getWords(),
                statistics.getSessions(),
                statistics.getCurrentStreakDays(),
                statistics.getLongestStreakDays(),
                statistics.getEntriesAnalysed(),
                TopicView.all(statistics.getTopTopicsList()),
                Timestamps.instant(statistics.hasFirstEntryAt(), statistics.getFirstEntryAt()),
                Timestamps.instant(statistics.hasLastEntryAt(), statistics.getLastEntryAt()));
    }
}
