package io.metachat.projections.position;

import io.metachat.projections.processing.ProjectionProcessor;
import io.metachat.projections.table.Projection;
import io.metachat.projections.version.VersionRegistry;
import io.metachat.projections.version.Versions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Gauges of each projection's lag in events and in seconds: that of the version that is read, and while there is a
 * rebuild, that of the version that is being filled. Without a value while the stores do not answer.
 */
@Component
final class LagMetrics implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(LagMetrics.class);

    /** A scrape reads several gauges: the store is asked once for all of them. */
    private static final long AGE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final VersionRegistry registry;
    private final Lags lags;
    private final Map<String, Measured> measured = new ConcurrentHashMap<>();

    private record Measured(@Nullable Lag lag, long at) {}

    LagMetrics(VersionRegistry registry, Lags lags) {
        this.registry = registry;
        this.lags = lags;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        for (Projection projection : registry.projections()) {
            gauges(meters, projection.name(), "active", Versions::active);
            gauges(meters, projection.name(), "building", Versions::building);
        }
    }

    private void gauges(
            MeterRegistry meters, String projection, String state, Function<Versions, @Nullable Integer> version) {
        gauge(meters, "metachat.projection.lag.events", projection, state, version, Lag::events);
        gauge(
                meters,
                "metachat.projection.lag.seconds",
                projection,
                state,
                version,
                lag -> lag.age().toSeconds());
    }

    private void gauge(
            MeterRegistry meters,
            String name,
            String projection,
            String state,
            Function<Versions, @Nullable Integer> version,
            ToDoubleFunction<Lag> value) {
        Gauge.builder(name, () -> {
                    Integer number = version.apply(registry.of(projection));
                    Lag lag = number == null ? null : lag(projection, number);
                    return lag == null ? null : value.applyAsDouble(lag);
                })
                .tags("projection", projection, "state", state)
                .register(meters);
    }

    private @Nullable Lag lag(String projection, int version) {
        return measured.compute(
                        ProjectionProcessor.group(projection, version),
                        (key, known) -> known != null && System.nanoTime() - known.at() < AGE_NANOS
                                ? known
                                : new Measured(measure(projection, version), System.nanoTime()))
                .lag();
    }

    private @Nullable Lag measure(String projection, int version) {
        try {
            return lags.of(projection, version);
        } catch (RuntimeException unavailable) {
            log.debug("The lag of {} in version {} is not known", projection, version, unavailable);
            return null;
        }
    }
}
