package io.metachat.axon.eventstoredb.internal.subscription;

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

/** Everything that tracking consumers of one event store share: the live feed, the watchdog, the threads. */
public final class EventFeed implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(EventFeed.class);
    private static final Duration HEAD_RETRY = Duration.ofMillis(200);

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

    /** Who was behind this head when last looked at. */
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
        // Its own thread: it waits for answers, and what reopens subscriptions must not wait behind it.
        this.watchdog = Executors.newSingleThreadScheduledExecutor(new AxonThreadFactory("EventStoreDB-Watchdog"));
    }

    /** Opens a stream that begins after this position; connects in the background. */
    public ConsumerStream open(long after) {
        if (closed) {
            throw new IllegalStateException("The event store is closed");
        }
        if (started.compareAndSet(false, true)) {
            watchdog.execute(this::beginLive);
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

    /** The open streams, for metrics. */
    public List<ConsumerStream> consumers() {
        return List.copyOf(consumers);
    }

    private void beginLive() {
        if (closed) {
            return;
        }
        try {
            OptionalLong head = all.head();
            live.begin(head.orElse(Positions.START));
            subscribe(head.orElse(Positions.START), live);
        } catch (EventStoreException e) {
            logger.debug("The live feed waits for the store", e);
            watchdog.schedule(this::beginLive, HEAD_RETRY.toMillis(), TimeUnit.MILLISECONDS);
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
            // While the store is away there is no head to compare with, and losing it ends the subscriptions anyway.
            logger.debug("The watchdog waits for the store", e);
        } catch (RuntimeException e) {
            // An exception would end the schedule, and nobody would watch any more.
            logger.warn("The watchdog failed and goes on", e);
        }
    }

    /** Twice behind the same head: what was on its way the first time would have arrived. */
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
