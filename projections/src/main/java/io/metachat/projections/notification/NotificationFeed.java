package io.metachat.projections.notification;

import io.grpc.stub.ServerCallStreamObserver;
import io.metachat.domain.UserId;
import io.metachat.projections.ProjectionProperties;
import io.metachat.proto.v1.Notification;
import io.metachat.service.error.Problem;
import io.metachat.service.grpc.GrpcServer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Streams of notifications that stay open. It ends them before the gRPC server stops, which would wait for them. */
@Component
public class NotificationFeed implements SmartLifecycle {

    private static final int THREADS = 2;

    private final NotificationTail tail;
    private final KeptNotifications kept;
    private final ScheduledExecutorService executor;
    private final int capacity;
    private volatile boolean running;

    NotificationFeed(EventStore eventStore, KeptNotifications kept, ProjectionProperties properties) {
        this.tail = new NotificationTail(eventStore);
        this.kept = kept;
        this.executor = Executors.newScheduledThreadPool(THREADS, new AxonThreadFactory("notifications"));
        this.capacity = properties.notificationBuffer();
    }

    /**
     * Tells the reader everything after a position, then everything new, until it cancels.
     *
     * @param after empty for what happens from now on
     */
    public void follow(UserId user, OptionalLong after, ServerCallStreamObserver<Notification> reader) {
        if (!running) {
            throw unavailable();
        }
        Follower follower = new Follower(user, reader, tail, kept, executor, capacity);
        reader.setOnReadyHandler(follower::signal);
        reader.setOnCancelHandler(() -> tail.leave(follower));
        long joinedAt = tail.join(follower).orElseThrow(NotificationFeed::unavailable);
        follower.begin(after, joinedAt);
    }

    /** Whether what happens from now on will be told. */
    public boolean isLive() {
        return running && tail.position().isPresent();
    }

    /** How many streams are open. */
    public int followers() {
        return tail.followers().size();
    }

    @Override
    public void start() {
        tail.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        tail.stop();
        tail.followers().forEach(follower -> follower.end(unavailable()));
        executor.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return GrpcServer.PHASE + 1;
    }

    private static RuntimeException unavailable() {
        return Problem.unavailable(
                        "notifications-unavailable", "Notifications are not available now.", Duration.ofSeconds(1))
                .toException();
    }
}
