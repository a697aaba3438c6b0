package io.metachat.gateway.live;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.metachat.proto.v1.FollowNotificationsRequest;
import io.metachat.proto.v1.Notification;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One client's live feed. The next notification is requested after the last one is sent, so that a slow client delays
 * only itself.
 */
final class LiveStream implements ClientResponseObserver<FollowNotificationsRequest, Notification> {

    private static final Logger log = LoggerFactory.getLogger(LiveStream.class);

    /** The token or the client ends the stream, not a timeout of the server. */
    private static final long NO_TIMEOUT = 0;

    private static final long RECONNECT_AFTER_MILLIS = 1_000;

    private final SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
    private final AtomicReference<@Nullable ScheduledFuture<?>> heartbeat = new AtomicReference<>();
    private final AtomicReference<@Nullable ClientCallStreamObserver<FollowNotificationsRequest>> call =
            new AtomicReference<>();

    LiveStream() {
        emitter.onCompletion(this::end);
        emitter.onError(broken -> end());
    }

    SseEmitter emitter() {
        return emitter;
    }

    /** Sends a comment immediately and then at each interval, which keeps the connection open. */
    void beat(ScheduledExecutorService timer, Duration interval) {
        heartbeat.set(timer.scheduleWithFixedDelay(
                () -> send(SseEmitter.event().comment("alive").reconnectTime(RECONNECT_AFTER_MILLIS)),
                0,
                interval.toMillis(),
                TimeUnit.MILLISECONDS));
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<FollowNotificationsRequest> stream) {
        call.set(stream);
        stream.disableAutoRequestWithInitial(1);
    }

    @Override
    public void onNext(Notification notification) {
        boolean sent = send(SseEmitter.event()
                .id(String.valueOf(notification.getPosition()))
                .name(notification.getType())
                .data(notification.getData()));
        ClientCallStreamObserver<FollowNotificationsRequest> stream = call.get();
        if (sent && stream != null) {
            stream.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        log.debug("A live stream ends: {}", failure.getMessage());
        emitter.complete();
        end();
    }

    @Override
    public void onCompleted() {
        emitter.complete();
        end();
    }

    private boolean send(SseEmitter.SseEventBuilder event) {
        try {
            emitter.send(event);
            return true;
        } catch (IOException | IllegalStateException gone) {
            end();
            return false;
        }
    }

    private void end() {
        ScheduledFuture<?> beating = heartbeat.getAndSet(null);
        if (beating != null) {
            beating.cancel(false);
        }
        ClientCallStreamObserver<FollowNotificationsRequest> following = call.getAndSet(null);
        if (following != null) {
            following.cancel("The client has gone", null);
        }
    }
}
