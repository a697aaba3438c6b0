package io.metachat.axon.cassandra.deadline;

import io.metachat.axon.cassandra.CassandraUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.axonframework.common.AxonThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers each deadline when it is due. It has the deadlines that this node schedules for soon in memory. It finds those of other
 * nodes a little before they are due, by polling the current minutes. A slower sweep over all minutes that may have entries finds
 * those that nobody has delivered in time.
 *
 * <p>All nodes of a group attempt a delivery, and the claim decides. The scheduling node is on time; the others are up to {@value
 * #LATEST_MILLIS} ms later and usually find the deadline done, so that they do not compete for the claim.
 */
final class DeadlineTimer {

    private static final Logger log = LoggerFactory.getLogger(DeadlineTimer.class);
    private static final int LATEST_MILLIS = 100;

    private static final Duration OVERLAP = Duration.ofSeconds(5);
    private static final int MINUTES_AT_ONCE = 10;
    private static final int CAPACITY = 10_000;

    private final DeadlineTables tables;
    private final DeadlineSettings settings;
    private final Clock clock;
    private final Consumer<DueDeadline> delivery;
    private final Set<DueDeadline> waiting = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor deliverers;
    private final ScheduledThreadPoolExecutor sweeper;

    private volatile boolean started;
    private volatile boolean outage;

    public DeadlineTimer(
            DeadlineTables tables, DeadlineSettings settings, Clock clock, Consumer<DueDeadline> delivery) {
        this.tables = tables;
        this.settings = settings;
        this.clock = clock;
        this.delivery = delivery;
        this.deliverers = pool(settings.threads(), "deadline-delivery");
        this.sweeper = pool(1, "deadline-sweep");
    }

    private static ScheduledThreadPoolExecutor pool(int size, String name) {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(size, new AxonThreadFactory(name));
        pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        pool.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        return pool;
    }

    /** Begins to sweep. */
    public void start() {
        started = true;
        sweeper.scheduleWithFixedDelay(
                () -> guarded(this::sweepPresent), 0, settings.sweep().toMillis(), TimeUnit.MILLISECONDS);
        sweeper.scheduleWithFixedDelay(
                () -> guarded(this::sweepPast), 0, settings.recovery().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Sweeps no more, and waits for the deliveries that have begun, but not for ever. */
    public void stop() {
        sweeper.shutdownNow();
        deliverers.shutdown();
        try {
            if (!deliverers.awaitTermination(settings.lease().toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Deadlines are still being delivered; another node may deliver them again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Tells of a deadline that this node has just stored. One that is due later than soon is left to the sweeps, and so is
     * every one before the start.
     */
    public void scheduled(DueDeadline deadline) {
        if (started && deadline.due().isBefore(clock.instant().plus(horizon()))) {
            await(deadline, 0);
        }
    }

    private Duration horizon() {
        return settings.sweep().multipliedBy(2);
    }

    private void sweepPresent() {
        Instant now = clock.instant();
        Instant from = now.minus(OVERLAP);
        Instant until = now.plus(horizon());
        LongStream minutes = LongStream.rangeClosed(DueDeadline.minuteOf(from), DueDeadline.minuteOf(until));
        for (DueDeadline deadline : tables.due(minutes, from, until)) {
            if (!await(deadline, lateness(deadline))) {
                return;
            }
        }
    }

    private void sweepPast() {
        long present = DueDeadline.minuteOf(clock.instant());
        OptionalLong swept = tables.sweptUntil();
        long first = swept.orElse(present - DueDeadline.GRACE_MINUTES);
        long oldestLeft = present - DueDeadline.GRACE_MINUTES;
        for (long minute = first; minute <= present; minute += MINUTES_AT_ONCE) {
            LongStream minutes = LongStream.rangeClosed(minute, Math.min(present, minute + MINUTES_AT_ONCE - 1));
            for (DueDeadline deadline : tables.due(minutes, Instant.EPOCH, clock.instant())) {
                oldestLeft = Math.min(oldestLeft, deadline.minute());
                if (!await(deadline, lateness(deadline))) {
                    return;
                }
            }
        }
        if (swept.isEmpty() || oldestLeft > first) {
            tables.advanceSwept(swept, oldestLeft);
        }
    }

    /** Returns whether there is room for more. */
    private boolean await(DueDeadline deadline, int lateness) {
        if (waiting.size() >= CAPACITY) {
            return false;
        }
        if (waiting.add(deadline)) {
            long wait = Math.max(
                            0, Duration.between(clock.instant(), deadline.due()).toMillis())
                    + lateness;
            try {
                deliverers.schedule(() -> deliver(deadline), wait, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                log.debug("Stopped while a deadline was found; another node, or the next start, delivers it");
            }
        }
        return true;
    }

    /** The same for a deadline and a node at every sweep, and different from node to node. */
    private int lateness(DueDeadline deadline) {
        return Math.floorMod(Objects.hash(deadline.id(), settings.node()), LATEST_MILLIS);
    }

    private void deliver(DueDeadline deadline) {
        try {
            guarded(() -> delivery.accept(deadline));
        } finally {
            waiting.remove(deadline);
        }
    }

    private void guarded(Runnable action) {
        try {
            action.run();
            outage = false;
        } catch (CassandraUnavailableException e) {
            if (!outage) {
                log.warn("Deadlines wait for Cassandra: {}", e.getMessage());
            }
            outage = true;
        } catch (RuntimeException e) {
            log.error("Deadlines cannot be looked after", e);
        }
    }
}
