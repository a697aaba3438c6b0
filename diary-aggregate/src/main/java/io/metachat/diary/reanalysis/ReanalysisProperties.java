package io.metachat.diary.reanalysis;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How entries are published once more.
 *
 * @param entriesPerSecond at most; half of what a mood-service analyses on two cores
 */
@ConfigurationProperties("metachat.diary.reanalysis")
record ReanalysisProperties(@DefaultValue("50") int entriesPerSecond) {

    ReanalysisProperties {
        if (entriesPerSecond < 1) {
            throw new IllegalArgumentException("metachat.diary.reanalysis.entries-per-second is at least 1");
        }
    }
}
