package io.metachat.projections.rebuild;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rate of progress, weighted over the last half minute or so. Not thread-safe. */
final class Rate {

    private static final double HALF_LIFE_SECONDS = 10;

    private @Nullable Long lastAt;
    private long lastPosition;
    private double perSecond;
    private boolean known;

    /** @param now of a monotonic clock, in nanoseconds */
    void at(long position, long now) {
        if (lastAt != null && now > lastAt) {
            double seconds = (now - lastAt) / 1e9;
            double current = (position - lastPosition) / seconds;
            double weight = known ? 1 - Math.pow(0.5, seconds / HALF_LIFE_SECONDS) : 1;
            perSecond += weight * (current - perSecond);
            known = true;
        }
        lastAt = now;
        lastPosition = position;
    }

    double perSecond() {
        return perSecond;
    }

    /** Returns how long the rest takes at this rate; empty without progress. */
    Optional<Duration> left(long rest) {
        return perSecond <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Math.round(Math.max(0, rest) / perSecond)));
    }
}
