package io.metachat.embedded.eventstoredb.internal.group;

import io.metachat.embedded.eventstoredb.internal.commit.LogEnd;
import io.metachat.embedded.eventstoredb.internal.read.EventSource;
import io.metachat.embedded.eventstoredb.internal.read.Page;
import io.metachat.embedded.eventstoredb.internal.read.ReadItem;
import io.metachat.embedded.eventstoredb.internal.read.ResolvedEvent;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import io.metachat.embedded.eventstoredb.internal.stream.StreamNames;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running persistent subscription. It reads only as many events as its consumers have room for. Each event is held
 * until it is acknowledged, delivered again after a timeout, and parked after too many retries. This object's lock
 * guards all state.
 */
public final class Group implements LogEnd.Waiter {

    private static final System.Logger log = System.getLogger(Group.class.getName());

    private final GroupId id;
    private final GroupSettings settings;
    private final GroupJournal journal;
    private final Progress progress;
    private final GroupFeed feed;
    private final Clock clock;
    private final Executor executor;
    private final AtomicBoolean wakeUpQueued = new AtomicBoolean();
    private final ConsumerRing consumers;
    private long delivered;
    private long checkpointDueAt;
    private boolean dropped;

    Group(
            GroupId id,
            GroupSettings settings,
            EventSource source,
            GroupJournal journal,
            long checkpoint,
            Clock clock,
            Executor executor) {
        this.id = id;
        this.settings = settings;
        this.journal = journal;
        this.progress = new Progress(checkpoint);
        this.feed = new GroupFeed(id, settings.readBatchSize(), source, progress);
        this.clock = clock;
        this.executor = executor;
        this.consumers = new ConsumerRing(settings.strategy());
    }

    public GroupId id() {
        return id;
    }

    public GroupSettings settings() {
        return settings;
    }

    /** @throws GroupException if the group has its maximum number of consumers */
    public synchronized void connect(Consumer consumer) {
        if (dropped) {
            throw new GroupException(GroupException.Reason.DROPPED, id);
        }
        if (settings.maxSubscriberCount() > 0 && consumers.size() >= settings.maxSubscriberCount()) {
            throw new GroupException(GroupException.Reason.TOO_MANY_CONSUMERS, id);
        }
        consumers.add(consumer);
        wake();
    }

    /** Passes unanswered events to other consumers, without counting a retry. */
    public synchronized void disconnect(Consumer consumer) {
        consumers.remove(consumer).forEach(feed::putBack);
        wake();
    }

    public synchronized void acknowledge(Consumer consumer, Collection<UUID> ids) {
        for (UUID eventId : ids) {
            Delivery delivery = consumers.answered(consumer, eventId);
            if (delivery != null) {
                finish(delivery);
            }
        }
        wake();
    }

    /** Handles the negative acknowledgement of events. */
    public synchronized void refuse(Consumer consumer, Collection<UUID> ids, Refusal refusal, String reason) {
        for (UUID eventId : ids) {
            Delivery delivery = consumers.answered(consumer, eventId);
            if (delivery != null) {
                switch (refusal) {
                    case RETRY -> retry(delivery);
                    case PARK -> park(delivery, reason);
                    case SKIP -> finish(delivery);
                }
            }
        }
        wake();
    }

    /** Delivers parked events again, at most {@code limit}. */
    public synchronized void replayParked(long limit) {
        EventSource parked = journal.parked(id);
        ResolvedEvent last = null;
        long left = limit;
        Page page;
        do {
            page = parked.next((int) Math.min(left, 100));
            for (ReadItem item : page.items()) {
                if (item instanceof ReadItem.Event event) {
                    last = event.resolved();
                    left--;
                    if (last.event() != null) {
                        feed.retryLater(new Delivery(last, Delivery.REPLAYED, 0));
                    }
                }
            }
        } while (!page.atEnd() && left > 0);
        if (last != null) {
            journal.forgetParkedUpTo(id, last);
        }
        wake();
    }

    public synchronized GroupStatus status() {
        return new GroupStatus(
                id,
                settings,
                consumers.statuses(),
                delivered,
                progress.checkpoint(),
                progress.lastRead(),
                feed.waitingRetries(),
                consumers.outstanding(),
                journal.parkedCount(id));
    }

    @Override
    public void committed(Set<String> streams) {
        if (id.stream().equals(StreamNames.ALL) || streams.contains(id.stream())) {
            wake();
        }
    }

    /** Retries deliveries after their timeout, and writes progress that is due. */
    void tick() {
        synchronized (this) {
            if (settings.messageTimeoutMillis() > 0) {
                consumers
                        .expired(clock.millis() - settings.messageTimeoutMillis())
                        .forEach(this::retry);
            }
            writeCheckpointWhenDue();
        }
        wake();
    }

    /**
     * Disconnects every consumer. The group must not be used afterwards.
     *
     * @return a future that completes when its progress is stored
     */
    synchronized CompletableFuture<?> drop(GroupException.Reason reason) {
        dropped = true;
        consumers.dropAll(new GroupException(reason, id));
        return writeCheckpoint();
    }

    private void wake() {
        if (wakeUpQueued.compareAndSet(false, true)) {
            executor.execute(() -> {
                wakeUpQueued.set(false);
                deliver();
            });
        }
    }

    private synchronized void deliver() {
        try {
            boolean going = !dropped;
            while (going) {
                going = consumers.haveRoom() && deliverNext();
            }
        } catch (RuntimeException failure) {
            log.log(System.Logger.Level.ERROR, "A persistent subscription stopped", failure);
            drop(GroupException.Reason.DROPPED);
        }
    }

    /** @return whether an event was delivered */
    private boolean deliverNext() {
        Delivery next = feed.next();
        if (next == null) {
            return false;
        }
        if (!consumers.deliver(next, clock.millis())) {
            feed.putBack(next);
            return false;
        }
        delivered++;
        return true;
    }

    private void retry(Delivery delivery) {
        if (delivery.retryCount() >= settings.maxRetryCount()) {
            park(delivery, "No success after " + delivery.retryCount() + " retries.");
        } else {
            feed.retryLater(delivery.again());
        }
    }

    private void park(Delivery delivery, String reason) {
        StoredEvent event = delivery.event().event();
        if (event == null) {
            // Without an event there is nothing to link to.
            finish(delivery);
            return;
        }
        // Runs on the executor, because the writer's thread must not wait for this group.
        journal.park(id, event, reason)
                .whenCompleteAsync((outcome, failure) -> parked(delivery, failure == null), executor);
    }

    private synchronized void parked(Delivery delivery, boolean stored) {
        if (stored) {
            finish(delivery);
        } else {
            feed.retryLater(delivery);
        }
    }

    private void finish(Delivery delivery) {
        if (!delivery.isReplayed()) {
            progress.finished(delivery.order());
        }
        if (progress.worthWriting() >= Math.max(1, settings.maxCheckpointCount())) {
            writeCheckpoint();
        }
    }

    private void writeCheckpointWhenDue() {
        boolean enough = progress.worthWriting() >= Math.max(1, settings.minCheckpointCount());
        if (enough && clock.millis() >= checkpointDueAt) {
            writeCheckpoint();
        }
    }

    private CompletableFuture<?> writeCheckpoint() {
        checkpointDueAt = clock.millis() + settings.checkpointAfterMillis();
        if (progress.worthWriting() == 0) {
            return CompletableFuture.completedFuture(null);
        }
        long reached = progress.reached();
        progress.checkpointed(reached);
        return journal.writeCheckpoint(id, reached);
    }

    /** The consumer's choice for events that it could not handle. */
    public enum Refusal {
        RETRY,
        PARK,
        SKIP
    }

    /** The status of a group. */
    public record GroupStatus(
            GroupId id,
            GroupSettings settings,
            List<ConsumerStatus> consumers,
            long delivered,
            long checkpoint,
            long lastRead,
            int retries,
            int outstanding,
            long parked) {
        public GroupStatus {
            consumers = new ArrayList<>(consumers);
        }
    }

    /** The status of a consumer. */
    public record ConsumerStatus(String user, int availableSlots, int inFlight, long delivered) {}
}
