package io.metachat.axon.eventstoredb.autoconfigure;

import java.util.function.BooleanSupplier;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Pings the store. UP when it answers, OUT_OF_SERVICE until the connection is warm, DOWN when it does not answer. Details
 * contain no address, because a connection string may hold a password.
 */
public class EventStoreDbHealthIndicator implements HealthIndicator {

    private final Runnable ping;
    private final BooleanSupplier warm;

    EventStoreDbHealthIndicator(Runnable ping, BooleanSupplier warm) {
        this.ping = ping;
        this.warm = warm;
    }

    @Override
    public Health health() {
        try {
            ping.run();
        } catch (EventStoreException e) {
            String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            return Health.down().withDetail("reason", String.valueOf(reason)).build();
        }
        return warm.getAsBoolean()
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("reason", "The connection is not warm yet")
                        .build();
    }
}
