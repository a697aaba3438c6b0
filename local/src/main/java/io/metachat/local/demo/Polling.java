package io.metachat.local.demo;

import io.metachat.local.home.LocalException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Polls until a result appears.
 *
 * @param timeout the longest time to wait
 */
record Polling(Duration timeout) {

    private static final int POLL_MILLIS = 200;

    /**
     * @param what the name of the result for error messages, for example "the analysis of an entry"
     * @throws LocalException if the result does not appear in time
     */
    <T> T await(String what, Supplier<Optional<T>> poll) {
        Instant deadline = Instant.now().plus(timeout);
        while (true) {
            Optional<T> result = poll.get();
            if (result.isPresent()) {
                return result.get();
            }
            if (Instant.now().isAfter(deadline)) {
                throw new LocalException("%s did not appear within %d s".formatted(what, timeout.toSeconds()));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalException("interrupted", e);
        }
    }
}
