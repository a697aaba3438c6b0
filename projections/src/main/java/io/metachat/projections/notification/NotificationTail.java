package io.metachat.projections.notification;

import io.metachat.axon.cassandra.connection.RepeatedReason;
import io.metachat.domain.DomainEvent;
import io.metachat.domain.UserId;
import io.metachat.proto.v1.Notification;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the event store from its end, on one thread, and gives each follower what concerns them, in the order of the
 * store. Every instance has one, so that it does not matter to which instance a follower is connected, nor which one
 * keeps the table.
 */
final class NotificationTail {

    private static final Logger log = LoggerFactory.getLogger(NotificationTail.class);

    private static final long RETRY_MILLIS = 500;
    private static final int WAIT_SECONDS = 1;

    private final EventStore eventStore;
    private final Thread thread;
    private final Map<UserId, Set<Follower>> followers = new HashMap<>();
    private volatile boolean stopped;
    private @Nullable TrackingToken token;
    /** The position of the last event that was given to followers; guarded by this. */
    private OptionalLong position = OptionalLong.empty();

    NotificationTail(EventStore eventStore) {
        this.eventStore = eventStore;
        this.thread = new Thread(this::run, "notification-tail");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopped = true;
        thread.interrupt();
    }

    /**
     * Adds a follower, who gets every event after the returned position and none up to it. Called again by a follower
     * that is there already, it tells the position that the next event will be after.
     *
     * @return empty while the end of the event store is not known yet; then the follower was not added
     */
    synchronized OptionalLong join(Follower follower) {
        if (position.isPresent()) {
            followers
                    .computeIfAbsent(follower.user(), user -> new LinkedHashSet<>())
                    .add(follower);
            follower.joined();
        }
        return position;
    }

    synchronized void leave(Follower follower) {
        followers.computeIfPresent(follower.user(), (user, all) -> {
            all.remove(follower);
            return all.isEmpty() ? null : all;
        });
    }

    synchronized List<Follower> followers() {
        return followers.values().stream().flatMap(Set::stream).toList();
    }

    private void run() {
        RepeatedReason reasons = new RepeatedReason();
        while (!stopped) {
            try {
                begin();
                read();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                String reason = String.valueOf(e.getMessage());
                if (reasons.isNew(reason)) {
                    log.warn("Notifications wait for the event store: {}", reason);
                }
                pause();
            }
        }
    }

    private void begin() {
        if (position().isEmpty()) {
            token = eventStore.createHeadToken();
            reached(token == null ? 0 : token.position().orElseThrow());
        }
    }

    private void read() throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> stream = eventStore.openStream(token)) {
            while (!stopped) {
                if (stream.hasNextAvailable(WAIT_SECONDS, TimeUnit.SECONDS)) {
                    TrackedEventMessage<?> event = stream.nextAvailable();
                    tell(event);
                    token = event.trackingToken();
                }
            }
        }
    }

    private void tell(TrackedEventMessage<?> event) {
        long at = event.trackingToken().position().orElseThrow();
        List<PersonalNotification> told = NotificationMapping.TYPES.contains(event.getPayloadType())
                ? NotificationMapping.of((DomainEvent) event.getPayload())
                : List.of();
        synchronized (this) {
            for (PersonalNotification one : told) {
                Notification notification = notification(at, one.type(), one.data());
                followers.getOrDefault(one.to(), Set.of()).forEach(follower -> follower.offer(notification));
            }
            position = OptionalLong.of(at);
        }
    }

    static Notification notification(long position, String type, String data) {
        return Notification.newBuilder()
                .setPosition(position)
                .setType(type)
                .setData(data)
                .build();
    }

    synchronized OptionalLong position() {
        return position;
    }

    private synchronized void reached(long at) {
        position = OptionalLong.of(at);
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
