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
 * Makes rebuilds yield to readers. Without readers a rebuild's writes in flight are not limited here. With readers, all
 * rebuilds together have only a few, and none begins while a query is running: a query contends with these few at most.
 * A write that has waited for the configured patience begins anyway, so every rebuild ends however much is read.
 * Thread-safe.
 */
@Component
public final class RebuildPace implements Pace {

    /** The time after a query during which its reader still counts as reading. */
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
                .description("The time that writes of rebuilds have waited for readers")
                .register(meters);
        Gauge.builder("metachat.projection.rebuild.writes", this::writes)
                .description("Writes of rebuilds in flight")
                .register(meters);
    }

    /** Reports that a query begins; {@link #queryEnds} follows in any case. */
    public void queryBegins() {
        lock.lock();
        try {
            queries++;
        } finally {
            lock.unlock();
        }
    }

    /** Reports that a query has been answered, or has failed. */
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
