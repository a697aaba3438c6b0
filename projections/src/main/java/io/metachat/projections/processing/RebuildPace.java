package io.metachat.projections.processing;

import io.metachat.projections.ProjectionProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Lets rebuilds yield to people. While nobody reads, a rebuild has as many writes under way as it likes. While somebody
 * does, all rebuilds together have only a few, and none begins while a query is being answered: so a query waits for
 * nothing but these few. A write that has waited long enough begins all the same, so that a rebuild comes to its end
 * however much is read. Thread-safe.
 */
@Component
public final class RebuildPace implements Pace {

    /** For how long after a query somebody is taken to be reading still. */
    private static final long READING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int besideReads;
    private final long patience;
    private final LongSupplier clock;
    private final Timer yielded;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int queries;
    private int writes;
    private boolean everRead;
    private long lastRead;

    @Autowired
    RebuildPace(ProjectionProperties properties, MeterRegistry meters) {
        this(properties.rebuildWritesBesideReads(), properties.rebuildPatience(), System::nanoTime, meters);
    }

    RebuildPace(int besideReads, Duration patience, LongSupplier clock, MeterRegistry meters) {
        this.besideReads = besideReads;
        this.patience = patience.toNanos();
        this.clock = clock;
        this.yielded = Timer.builder("metachat.projection.rebuild.yielded")
                .description("What writes of rebuilds have waited for those who read")
                .register(meters);
        Gauge.builder("metachat.projection.rebuild.writes", this::writes)
                .description("Writes of rebuilds that are under way")
                .register(meters);
    }

    /** A query begins to be answered; {@link #queryEnds} follows, however it ends. */
    public void queryBegins() {
        lock.lock();
        try {
            queries++;
        } finally {
            lock.unlock();
        }
    }

    /** A query has been answered, or has failed. */
    public void queryEnds() {
        lock.lock();
        try {
            queries--;
            everRead = true;
            lastRead = clock.getAsLong();
            if (queries == 0) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean begin(Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!mayBegin(0)) {
                long start = System.nanoTime();
                boolean begins = await(start, timeout.toNanos());
                yielded.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
                if (!begins) {
                    return false;
                }
            }
            writes++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void end() {
        lock.lock();
        try {
            writes--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean await(long start, long timeout) throws InterruptedException {
        long waited = 0;
        while (!mayBegin(waited)) {
            if (waited >= timeout) {
                return false;
            }
            long end = waited < patience ? Math.min(patience, timeout) : timeout;
            changed.awaitNanos(end - waited);
            waited = System.nanoTime() - start;
        }
        return true;
    }

    private boolean mayBegin(long waited) {
        if (queries == 0 && !isRead()) {
            return true;
        }
        return writes < besideReads && (queries == 0 || waited >= patience);
    }

    private boolean isRead() {
        return everRead && clock.getAsLong() - lastRead < READING_NANOS;
    }

    private int writes() {
        lock.lock();
        try {
            return writes;
        } finally {
            lock.unlock();
        }
    }
}
