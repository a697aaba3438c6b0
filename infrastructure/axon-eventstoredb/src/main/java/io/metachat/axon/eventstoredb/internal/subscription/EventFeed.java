package io.metachat.axon.eventstoredb.internal.subscription;

import io.metachat.axon.eventstoredb.Backoff;
import io.metachat.axon.eventstoredb.StreamNames;
import io.metachat.axon.eventstoredb.SubscriptionSettings;
import io.metachat.axon.eventstoredb.internal.codec.Positions;
import io.metachat.axon.eventstoredb.internal.connection.Calls;
import io.metachat.axon.eventstoredb.internal.read.AllReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the tracking consumers of one event store share: the live feed, the watchdog and their threads. */
public final class EventFeed implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventFeed.class);
    private static final Backoff HEAD_RETRY = new Backoff(Duration.ofMillis(50), Duration.ofMillis(500));

    private final Calls calls;
    private final StreamNames names;
    private final AllReader all;
    private final MessageDecoder messages;
    private final SubscriptionSettings settings;
    private final ScheduledExecutorService scheduler;
    private final ScheduledExecutorService watchdog;
    private final LiveFeed live;
    private final AtomicBoolean started = new AtomicBoolean();
    private final Set<ConsumerStream> consumers = ConcurrentHashMap.newKeySet();
    private final Set<AllSubscription> subscriptions = ConcurrentHashMap.newKeySet();

    /** The subscriptions that were behind at the last check, each with the head at that time. */
    private Map<AllSubscription, Long> suspects = Map.of();

    private volatile boolean closed;

    public EventFeed(
            Calls calls, StreamNames names, AllReader all, MessageDecoder messages, SubscriptionSettings settings) {
        this.calls = calls;
        this.names = names;
        this.all = all;
        this.messages = messages;
        this.settings = settings;
        this.live = new LiveFeed(settings.cacheSize(), settings.maxBytes());
        this.scheduler = Executors.newSingleThreadScheduledExecutor(new AxonThreadFactory("EventStoreDB-Feed"));
        // A thread of its own, because it blocks on calls, and reopening a subscription must not wait for it.
        this.watchdog = Executors.newSingleThreadScheduledExecutor(new AxonThreadFactory("EventStoreDB-Watchdog"));
    }

    /** Opens a stream that starts after this position; connects in the background. */
    public ConsumerStream open(long after) {
        if (closed) {
            throw new IllegalStateException("The event store is closed");
        }
        if (started.compareAndSet(false, true)) {
            watchdog.execute(() -> beginLive(1));
            long interval = settings.watchdogInterval().toMillis();
            watchdog.scheduleWithFixedDelay(this::watch, interval, interval, TimeUnit.MILLISECONDS);
        }
        ConsumerStream consumer = new ConsumerStream(this, after);
        consumers.add(consumer);
        return consumer;
    }

    LiveFeed live() {
        return live;
    }

    MessageDecoder messages() {
        return messages;
    }

    CatchUp newCatchUp(Runnable onNews) {
        return new CatchUp(settings.queueSize(), settings.maxBytes(), onNews);
    }

    AllSubscription subscribe(long after, AllSubscription.Sink sink) {
        AllSubscription subscription =
                new AllSubscription(calls, names, settings.searchWindow(), scheduler, after, sink);
        subscriptions.add(subscription);
        subscription.open();
        return subscription;
    }

    void unsubscribe(AllSubscription subscription) {
        subscription.close();
        subscriptions.remove(subscription);
    }

    void closed(ConsumerStream consumer) {
        consumers.remove(consumer);
    }

    /** Returns the open streams, for metrics. */
    public List<ConsumerStream> consumers() {
        return List.copyOf(consumers);
    }

    private void beginLive(int attempt) {
        if (closed) {
            return;
        }
        try {
            OptionalLong head = all.head();
            live.begin(head.orElse(Positions.START));
            subscribe(head.orElse(Positions.START), live);
        } catch (EventStoreException e) {
            log.debug("The live feed waits for EventStoreDB", e);
            Duration pause = HEAD_RETRY.pauseAfter(attempt);
            watchdog.schedule(() -> beginLive(attempt + 1), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void watch() {
        consumers.forEach(ConsumerStream::leaveFeedIfOvertaken);
        List<AllSubscription> silent = new ArrayList<>();
        for (AllSubscription subscription : subscriptions) {
            if (subscription.silence().compareTo(settings.maxSilence()) > 0) {
                silent.add(subscription);
            }
        }
        if (silent.isEmpty()) {
            suspects = Map.of();
            return;
        }
        try {
            OptionalLong head = all.head();
            suspects = reopenSuspects(silent, head.orElse(Positions.START));
        } catch (EventStoreException e) {
            // During an outage there is no head to compare with, and the lost connection ends the subscriptions anyway.
            log.debug("The watchdog waits for EventStoreDB", e);
        } catch (RuntimeException e) {
            // An exception would end the schedule, and with it the watchdog.
            log.warn("The watchdog failed; it continues", e);
        }
    }

    /** Reopens subscriptions that are still behind the head of the last check: events in flight then would have arrived. */
    private Map<AllSubscription, Long> reopenSuspects(List<AllSubscription> silent, long head) {
        Map<AllSubscription, Long> behind = new HashMap<>();
        for (AllSubscription subscription : silent) {
            @Nullable Long earlierHead = suspects.get(subscription);
            if (earlierHead != null && subscription.position() < earlierHead) {
                subscription.reopen("SILENT");
            } else if (subscription.position() < head) {
                behind.put(subscription, head);
            } else {
                subscription.confirmAlive();
            }
        }
        return behind;
    }

    @Override
    public void close() {
        closed = true;
        consumers.forEach(ConsumerStream::close);
        subscriptions.forEach(AllSubscription::close);
        watchdog.shutdownNow();
        scheduler.shutdown();
    }
}
