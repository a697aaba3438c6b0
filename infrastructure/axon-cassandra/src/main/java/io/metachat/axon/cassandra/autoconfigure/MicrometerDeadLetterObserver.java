package io.metachat.axon.cassandra.autoconfigure;

import io.metachat.axon.cassandra.deadletter.DeadLetterObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The counter {@code axon.cassandra.dead.letters}, tagged by queue and change. */
final class MicrometerDeadLetterObserver implements DeadLetterObserver {

    private final Supplier<@Nullable MeterRegistry> registries;

    /**
     * Creates an observer.
     *
     * @param registries returns the registry when the first event is parked, since queues can be created before it is
     */
    public MicrometerDeadLetterObserver(Supplier<@Nullable MeterRegistry> registries) {
        this.registries = registries;
    }

    @Override
    public void changed(String queue, Change change) {
        MeterRegistry registry = registries.get();
        if (registry != null) {
            Counter.builder("axon.cassandra.dead.letters")
                    .description("Events parked, tried again and discarded")
                    .tag("queue", queue)
                    .tag("change", change.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .register(registry)
                    .increment();
        }
    }
}
