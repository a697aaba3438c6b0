package io.metachat.diary.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.SnapshotTrigger;
import org.axonframework.eventsourcing.Snapshotter;
import org.junit.jupiter.api.Test;

class SnapshotWhenCostlyTest {

    private static final Duration NEVER_SLOW = Duration.ofHours(1);
    private static final Duration ALWAYS_SLOW = Duration.ZERO;

    private final List<String> scheduled = new ArrayList<>();
    private final Snapshotter snapshotter = (type, aggregate) -> scheduled.add(aggregate);

    @Test
    void shouldTakeASnapshotAfterSoManyEvents() {
        SnapshotTrigger trigger = trigger(NEVER_SLOW);
        trigger.initializationFinished();
        handle(trigger, 99);
        assertThat(scheduled).isEmpty();

        handle(trigger, 1);
        assertThat(scheduled).containsExactly("diary-1");

        handle(trigger, 99);
        assertThat(scheduled).hasSize(1);
    }

    @Test
    void shouldTakeASnapshotOfAnAggregateThatWasLoadedFromManyEvents() {
        SnapshotTrigger trigger = trigger(NEVER_SLOW);
        handle(trigger, 150);
        trigger.initializationFinished();

        assertThat(scheduled).hasSize(1);
    }

    /** Axon does not say of a new aggregate that it was initialised. */
    @Test
    void shouldTakeASnapshotOfANewAggregateThatGrows() {
        handle(trigger(NEVER_SLOW), 100);

        assertThat(scheduled).hasSize(1);
    }

    @Test
    void shouldTakeASnapshotOfAnAggregateThatWasSlowToLoad() {
        SnapshotTrigger trigger = trigger(ALWAYS_SLOW);
        handle(trigger, 10);
        trigger.initializationFinished();

        assertThat(scheduled).hasSize(1);
    }

    @Test
    void shouldNotBlameTheEventsForASlowStore() {
        SnapshotTrigger trigger = trigger(ALWAYS_SLOW);
        handle(trigger, 9);
        trigger.initializationFinished();

        assertThat(scheduled).isEmpty();
    }

    @Test
    void shouldNotTakeASnapshotWithEveryCommandOfACachedAggregate() {
        SnapshotTrigger trigger = trigger(ALWAYS_SLOW);
        trigger.initializationFinished();
        handle(trigger, 99);

        assertThat(scheduled).isEmpty();
    }

    private SnapshotTrigger trigger(Duration loadTime) {
        return new SnapshotWhenCostly(snapshotter, 100, loadTime).prepareTrigger(Object.class);
    }

    private static void handle(SnapshotTrigger trigger, int events) {
        for (int i = 0; i < events; i++) {
            trigger.eventHandled(new GenericDomainEventMessage<>("Diary", "diary-1", i, "event"));
        }
    }
}
