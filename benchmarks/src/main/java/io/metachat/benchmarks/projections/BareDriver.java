package io.metachat.benchmarks.projections;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.metachat.projections.entry.EntryProjection;
import io.metachat.projections.table.TableWrite;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The same rows, written with the bare driver and the same number of writes in flight. */
final class BareDriver {

    /** Tables of a version that no projection uses. */
    private static final int VERSION = 9_999;

    private final CqlSession session;
    private final String keyspace;
    private final int inFlight;
    private final List<TableWrite> rows;

    BareDriver(CqlSession session, String keyspace, int inFlight, List<TableWrite> rows) {
        this.session = session;
        this.keyspace = keyspace;
        this.inFlight = inFlight;
        this.rows = rows;
    }

    Duration run() {
        EntryProjection.entries().tables().forEach(table -> session.execute(table.create(keyspace, VERSION)));
        Map<String, PreparedStatement> prepared = new HashMap<>();
        Semaphore free = new Semaphore(inFlight);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        long start = System.nanoTime();
        for (TableWrite row : rows) {
            PreparedStatement statement = prepared.computeIfAbsent(row.cql(), cql -> prepare(row));
            free.acquireUninterruptibly();
            session.executeAsync(statement
                            .bind(row.parameters().toArray())
                            .setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM)
                            .setIdempotent(true))
                    .whenComplete((result, thrown) -> {
                        failure.compareAndSet(null, thrown);
                        free.release();
                    });
        }
        free.acquireUninterruptibly(inFlight);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        EntryProjection.entries().tables().forEach(table -> session.execute(table.drop(keyspace, VERSION)));
        if (failure.get() != null) {
            throw new IllegalStateException("A write failed", failure.get());
        }
        return time;
    }

    private PreparedStatement prepare(TableWrite write) {
        return session.prepare(
                write.cql().formatted(keyspace + "." + write.table().in(VERSION)));
    }
}
