package io.metachat.embedded.process;

import java.time.Duration;

/**
 * Exponentially growing pauses between attempts.
 *
 * @param first the pause after the first attempt
 * @param factor by which each pause is longer than the one before
 * @param longest the upper bound of all pauses
 */
public record Backoff(Duration first, double factor, Duration longest) {

    /** @param attempts made so far, at least 1 */
    public Duration delay(int attempts) {
        double millis = first.toMillis() * Math.pow(factor, attempts - 1);
        return millis < longest.toMillis() ? Duration.ofMillis(Math.round(millis)) : longest;
    }
}
