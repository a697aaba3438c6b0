package io.metachat.axon.cassandra.autoconfigure;

import io.metachat.axon.cassandra.StatementObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Times each round trip as {@code axon.cassandra.statements}, by operation and outcome. */
final class MicrometerStatementObserver implements StatementObserver {

    private final Supplier<@Nullable MeterRegistry> registries;

    /**
     * Creates an observer.
     *
     * @param registries returns the registry when the first statement has run, since stores can be created before it is
     */
    public MicrometerStatementObserver(Supplier<@Nullable MeterRegistry> registries) {
        this.registries = registries;
    }

    @Override
    public void executed(String operation, Outcome outcome, Duration duration) {
        MeterRegistry registry = registries.get();
        if (registry != null) {
            Timer.builder("axon.cassandra.statements")
                    .description("Round trips of Axon's stores to Cassandra")
                    .tag("operation", operation)
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .register(registry)
                    .record(duration);
        }
    }
}
