package io.metachat.axon.eventstoredb.autoconfigure;

import io.metachat.axon.eventstoredb.EventStoreDbObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Records the engine's activity in a meter registry. */
final class MicrometerObserver implements EventStoreDbObserver {

    private static final String PREFIX = "axon.eventstoredb.";

    private final MeterRegistry registry;
    private final Timer append;
    private final Counter events;
    private final Counter conflicts;
    private final Counter reconnects;
    private final Counter snapshotsSkipped;

    MicrometerObserver(MeterRegistry registry) {
        this.registry = registry;
        this.append = Timer.builder(PREFIX + "append")
                .description("Time until an append was acknowledged, retries included")
                .publishPercentileHistogram()
                .register(registry);
        this.events = Counter.builder(PREFIX + "events.appended")
                .description("Acknowledged events")
                .register(registry);
        this.conflicts = Counter.builder(PREFIX + "conflicts")
                .description("Appends refused because the stream was not at the expected revision")
                .register(registry);
        this.reconnects = Counter.builder(PREFIX + "reconnects")
                .description("Clients replaced after their connection broke")
                .register(registry);
        this.snapshotsSkipped = Counter.builder(PREFIX + "snapshots.skipped")
                .description("Snapshots that could not be read")
                .register(registry);
    }

    @Override
    public void appended(int count, Duration latency) {
        append.record(latency);
        events.increment(count);
    }

    @Override
    public void conflicted() {
        conflicts.increment();
    }

    @Override
    public void retried(String reason) {
        registry.counter(PREFIX + "retries", "reason", reason).increment();
    }

    @Override
    public void reconnected() {
        reconnects.increment();
    }

    @Override
    public void resubscribed(String reason) {
        registry.counter(PREFIX + "resubscriptions", "reason", reason).increment();
    }

    @Override
    public void snapshotSkipped() {
        snapshotsSkipped.increment();
    }
}
