package io.metachat.local.system;

import io.metachat.embedded.process.Backoff;
import java.time.Duration;

/**
 * The delays before a dead component is started again.
 *
 * @param backoff the delay after each consecutive failure
 * @param trustedAfter a component that lived longer than this starts with the first delay again
 */
record RestartPolicy(Backoff backoff, Duration trustedAfter) {

    static final RestartPolicy USUAL =
            new RestartPolicy(new Backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(30)), Duration.ofSeconds(60));
}
