package io.metachat.local.system;

import io.metachat.embedded.process.Backoff;
import java.time.Duration;

/**
 * When a dead component is started again.
 *
 * @param backoff the delay after each failure in a row
 * @param trustedAfter a component that lived longer than this begins a new row of failures
 */
record RestartPolicy(Backoff backoff, Duration trustedAfter) {

    static final RestartPolicy USUAL =
            new RestartPolicy(new Backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(30)), Duration.ofSeconds(60));
}
