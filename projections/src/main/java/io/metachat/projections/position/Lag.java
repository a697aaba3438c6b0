package io.metachat.projections.position;

import java.time.Duration;

/**
 * How far a version of a projection is behind the end of the event store, wherever its segments run.
 *
 * @param events how many events its slowest segment has not been given yet, of all that the store gives consumers
 * @param estimated whether {@code events} was not counted to the end, but estimated from the length of those next in line
 * @param age how old the first of them is; zero when there is none
 * @param positions the same distance in positions, which count bytes of the store's log
 */
public record Lag(long events, boolean estimated, Duration age, long positions) {

    static final Lag NONE = new Lag(0, false, Duration.ZERO, 0);
}
