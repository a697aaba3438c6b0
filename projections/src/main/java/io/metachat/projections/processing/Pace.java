package io.metachat.projections.processing;

import java.time.Duration;

/** When a write may begin. */
public interface Pace {

    /** At once. */
    Pace FULL = new Pace() {
        @Override
        public boolean begin(Duration timeout) {
            return true;
        }

        @Override
        public void end() {}
    };

    /** Returns when the next write may begin; false when it may not in this time. */
    boolean begin(Duration timeout) throws InterruptedException;

    /** A write that has begun has ended. */
    void end();
}
