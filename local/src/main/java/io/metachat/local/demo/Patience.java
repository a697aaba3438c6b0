package io.metachat.local.demo;

import io.metachat.local.home.LocalException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks again and again until something is there.
 *
 * @param atMost how long
 */
record Patience(Duration atMost) {

    private static final int MILLIS_BETWEEN_LOOKS = 200;

    /**
     * @param what as in "the analysis of an entry", for the complaint
     * @throws LocalException when it has not come in time
     */
    <T> T await(String what, Supplier<Optional<T>> look) {
        Instant deadline = Instant.now().plus(atMost);
        while (true) {
            Optional<T> seen = look.get();
            if (seen.isPresent()) {
                return seen.get();
            }
            if (Instant.now().isAfter(deadline)) {
                throw new LocalException("%s did not come within %d s".formatted(what, atMost.toSeconds()));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalException("interrupted", e);
        }
    }
}
