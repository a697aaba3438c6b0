package io.metachat.projections.processing;

import io.metachat.axon.cassandra.CassandraUnavailableException;
import io.metachat.projections.table.Table;
import io.metachat.projections.table.TableWrite;
import io.metachat.projections.table.TableWriter;
import io.metachat.projections.table.Writes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one batch of events: sent as they come, a bounded number in flight, awaited once. The
 * first failure is kept and thrown by {@link #await()}, never by a write itself: an exception of a projection is
 * its own fault, and an exception of the batch is about Cassandra.
 */
final class WriteBatch {

    private final TableWriter writer;
    private final int version;
    private final int maximum;
    private final Duration timeout;
    private final Pace pace;
    private final Semaphore free;
    private final AtomicReference<@Nullable FailedWrite> failure = new AtomicReference<>();

    /** A write that failed, and the position of the event that it followed from. */
    record FailedWrite(long position, String table, Throwable cause) {}

    WriteBatch(TableWriter writer, int version, int maximum, Duration timeout, Pace pace) {
        this.writer = writer;
        this.version = version;
        this.maximum = maximum;
        this.timeout = timeout;
        this.pace = pace;
        this.free = new Semaphore(maximum);
    }

    /** Takes the writes of the event at this position. */
    Writes at(long position, Instant time) {
        return new Writes() {
            @Override
            public long position() {
                return position;
            }

            @Override
            public Instant time() {
                return time;
            }

            @Override
            public void send(TableWrite write) {
                WriteBatch.this.send(position, write);
            }
        };
    }

    /**
     * Returns when every write has been acknowledged.
     *
     * @throws CassandraUnavailableException when Cassandra did not acknowledge all in time, but may the next time
     * @throws RefusedWriteException when Cassandra refused a write and will refuse it again
     */
    void await() {
        if (!acquire(maximum)) {
            throw new CassandraUnavailableException("Cassandra did not acknowledge a batch of writes in time");
        }
        free.release(maximum);
        FailedWrite failed = failure.get();
        if (failed != null) {
            throw Failures.of(failed);
        }
    }

    private void send(long position, TableWrite write) {
        if (failure.get() != null) {
            return;
        }
        if (!begin()) {
            fail(position, write.table(), new CassandraUnavailableException("Cassandra does not keep up with writes"));
            return;
        }
        CompletionStage<?> sent;
        try {
            sent = writer.send(write, version);
        } catch (RuntimeException e) {
            end();
            fail(position, write.table(), e);
            return;
        }
        sent.whenComplete((result, thrown) -> {
            if (thrown != null) {
                fail(position, write.table(), thrown);
            }
            end();
        });
    }

    private void fail(long position, Table<?> table, Throwable cause) {
        failure.compareAndSet(null, new FailedWrite(position, table.name(), cause));
    }

    private boolean begin() {
        if (!acquire(1)) {
            return false;
        }
        boolean begins = false;
        try {
            begins = pace.begin(timeout);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            if (!begins) {
                free.release();
            }
        }
        return begins;
    }

    private void end() {
        pace.end();
        free.release();
    }

    private boolean acquire(int permits) {
        try {
            return free.tryAcquire(permits, timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static CassandraUnavailableException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CassandraUnavailableException("Interrupted while waiting for writes", e);
    }
}
