package io.metachat.diary;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How diaries are kept at hand.
 *
 * @param snapshotEvery a snapshot is taken after so many events
 * @param snapshotLoadTime a snapshot is also taken of a diary that took longer than this to load
 * @param cachedDiaries how many diaries stay in memory at most; one of 10,000 entries takes about 2 MB
 * @param cachedFor how long a diary stays in memory that nobody writes in
 */
@ConfigurationProperties("metachat.diary")
record DiaryProperties(
        @DefaultValue("200") int snapshotEvery,
        @DefaultValue("100ms") Duration snapshotLoadTime,
        @DefaultValue("500") int cachedDiaries,
        @DefaultValue("10m") Duration cachedFor) {

    DiaryProperties {
        if (snapshotEvery < 1 || cachedDiaries < 0) {
            throw new IllegalArgumentException(
                    "metachat.diary.snapshot-every is at least 1, metachat.diary.cached-diaries at least 0");
        }
    }
}
