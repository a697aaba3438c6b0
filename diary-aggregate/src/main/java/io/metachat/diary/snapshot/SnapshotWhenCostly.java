package io.metachat.diary.snapshot;

import java.time.Duration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.SnapshotTrigger;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.jspecify.annotations.Nullable;

/**
 * Takes a snapshot after a number of events, and earlier of an aggregate that took long to load.
 *
 * <p>Axon's own trigger by load time measures from when the trigger was made until each event: of an aggregate that
 * stays in a cache it would take a snapshot with every command.
 */
public final class SnapshotWhenCostly implements SnapshotTriggerDefinition {

    /** A load that was slow although it read hardly any events would not be faster with another snapshot. */
    private static final int WORTH_IT = 10;

    private final Snapshotter snapshotter;
    private final int events;
    private final Duration loadTime;

    public SnapshotWhenCostly(Snapshotter snapshotter, int events, Duration loadTime) {
        this.snapshotter = snapshotter;
        this.events = events;
        this.loadTime = loadTime;
    }

    @Override
    public SnapshotTrigger prepareTrigger(Class<?> aggregateType) {
        return new Trigger(aggregateType);
    }

    private final class Trigger implements SnapshotTrigger {

        private final Class<?> aggregateType;
        private final long begun = System.nanoTime();
        private int sinceSnapshot;
        private @Nullable String aggregate;

        private Trigger(Class<?> aggregateType) {
            this.aggregateType = aggregateType;
        }

        @Override
        public void eventHandled(EventMessage<?> event) {
            if (event instanceof DomainEventMessage<?> ofAggregate) {
                aggregate = ofAggregate.getAggregateIdentifier();
                sinceSnapshot++;
                if (sinceSnapshot >= events) {
                    schedule(aggregate);
                }
            }
        }

        @Override
        public void initializationFinished() {
            boolean slow = System.nanoTime() - begun > loadTime.toNanos();
            if (aggregate != null && slow && sinceSnapshot >= WORTH_IT) {
                schedule(aggregate);
            }
        }

        private void schedule(String aggregate) {
            sinceSnapshot = 0;
            snapshotter.scheduleSnapshot(aggregateType, aggregate);
        }
    }
}
