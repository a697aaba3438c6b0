package io.metachat.axon.eventstoredb.engine;

import io.metachat.axon.eventstoredb.EventStoreDbObserver;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Records the calls of the engine. */
final class RecordingObserver implements EventStoreDbObserver {

    final AtomicInteger events = new AtomicInteger();
    final AtomicInteger conflicts = new AtomicInteger();
    final AtomicInteger reconnects = new AtomicInteger();
    final AtomicInteger snapshotsSkipped = new AtomicInteger();
    final Queue<String> retries = new ConcurrentLinkedQueue<>();
    final Queue<String> resubscriptions = new ConcurrentLinkedQueue<>();

    @Override
    public void appended(int count, Duration latency) {
        events.addAndGet(count);
    }

    @Override
    public void conflicted() {
        conflicts.incrementAndGet();
    }

    @Override
    public void retried(String reason) {
        retries.add(reason);
    }

    @Override
    public void reconnected() {
        reconnects.incrementAndGet();
    }

    @Override
    public void resubscribed(String reason) {
        resubscriptions.add(reason);
    }

    @Override
    public void snapshotSkipped() {
        snapshotsSkipped.incrementAndGet();
    }
}
