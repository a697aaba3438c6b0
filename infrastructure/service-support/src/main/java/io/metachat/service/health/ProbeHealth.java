package io.metachat.service.health;

import io.metachat.service.logging.SafeMessages;
import io.metachat.service.logging.ServiceName;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Runs one probe in the background and reports its last result. A stale result counts as none. */
final class ProbeHealth implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(ProbeHealth.class);

    private static final long INTERVAL_MILLIS = 1_000;
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Probe probe;
    private final String service;
    private final ExecutorService thread;
    private volatile @Nullable Answer last;

    private record Answer(@Nullable Exception failure, long at) {}

    ProbeHealth(Probe probe, String service) {
        this.probe = probe;
        this.service = service;
        CustomizableThreadFactory threads = new CustomizableThreadFactory("probe-" + probe.name() + "-");
        threads.setDaemon(true);
        this.thread = Executors.newSingleThreadExecutor(threads);
        thread.execute(this::askForEver);
    }

    @Override
    public Health health() {
        Answer answer = last;
        if (answer == null) {
            return Health.down().withDetail("reason", "not asked yet").build();
        }
        if (System.nanoTime() - answer.at() > STALE_NANOS) {
            return Health.down().withDetail("reason", "no answer").build();
        }
        return answer.failure() == null
                ? Health.up().build()
                : Health.down()
                        .withDetail("reason", answer.failure().getClass().getSimpleName())
                        .build();
    }

    void stop() {
        thread.shutdownNow();
    }

    private void askForEver() {
        ServiceName.set(service);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                note(ask());
                Thread.sleep(INTERVAL_MILLIS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private @Nullable Exception ask() throws InterruptedException {
        try {
            probe.check();
            return null;
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception unavailable) {
            return unavailable;
        }
    }

    private void note(@Nullable Exception failure) {
        Answer before = last;
        last = new Answer(failure, System.nanoTime());
        boolean wasUp = before != null && before.failure() == null;
        if (failure != null && (wasUp || before == null)) {
            log.warn("{} is not available: {}", probe.name(), SafeMessages.describe(failure));
        } else if (failure == null && !wasUp) {
            log.info("{} is available", probe.name());
        }
    }
}
