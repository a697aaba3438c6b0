package io.metachat.local.system;

import java.time.Duration;

/**
 * How long a dead component waits for its restart: twice as long each time, until it has lived long enough to be
 * trusted again.
 */
public record Backoff(Duration first, Duration longest, Duration trustedAfter) {

    public static final Backoff USUAL =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(60));

    /** @param failures how often it has died or not come up in a row, this time included */
    Duration delay(int failures) {
        Duration delay = first;
        for (int i = 1; i < failures && delay.compareTo(longest) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(longest) > 0 ? longest : delay;
    }
}
