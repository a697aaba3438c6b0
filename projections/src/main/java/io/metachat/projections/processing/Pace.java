package io.metachat.projections.processing;

import java.time.Duration;

/** Decides when a write may begin. */
public interface Pace {

    /** Immediately. */
    Pace FULL = new Pace() {
        @Override
        public boolean begin(Duration timeout) {
            return true;
        }

        @Override
        public void end() {}
    };

    /** Blocks until the next write may begin; returns false when that does not happen within the timeout. */
    boolean begin(Duration timeout) throws InterruptedException;

    /** Reports the end of a write that has begun. */
    void end();
}
