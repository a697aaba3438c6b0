package io.metachat.gateway.live;

import io.metachat.gateway.GatewayProperties;
import io.metachat.gateway.http.Exchange;
import io.metachat.gateway.http.WholeNumbers;
import io.metachat.proto.v1.FollowNotificationsRequest;
import io.metachat.proto.v1.QueriesGrpc.QueriesStub;
import io.metachat.service.error.FieldError;
import io.metachat.service.error.Problem;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * {@code /events}: the caller's notifications, as server-sent events. A stream ends with its access token. The client
 * reconnects with a new token and {@code Last-Event-ID}, and misses nothing.
 */
@RestController
class LiveRoutes {

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final QueriesStub queries;
    private final GatewayProperties properties;
    private final Clock clock;
    private final ScheduledExecutorService heartbeats;

    LiveRoutes(QueriesStub queries, GatewayProperties properties, Clock clock) {
        this.queries = queries;
        this.properties = properties;
        this.clock = clock;
        CustomizableThreadFactory threads = new CustomizableThreadFactory("live-heartbeat-");
        threads.setDaemon(true);
        this.heartbeats = Executors.newSingleThreadScheduledExecutor(threads);
    }

    @PreDestroy
    void stop() {
        heartbeats.shutdownNow();
    }

    @GetMapping(path = "/api/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> events(
            Exchange exchange, @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId) {
        FollowNotificationsRequest.Builder request = FollowNotificationsRequest.newBuilder();
        if (lastEventId != null && !lastEventId.isBlank()) {
            request.setAfterPosition(position(lastEventId));
        }
        Duration untilTokenExpires =
                Duration.between(clock.instant(), exchange.caller().expiresAt());
        LiveStream stream = new LiveStream();
        exchange.call().deadline(untilTokenExpires).invoke(() -> {
            queries.followNotifications(request.build(), stream);
            return stream;
        });
        stream.beat(heartbeats, properties.heartbeat());
        return ResponseEntity.ok()
                .header("X-Accel-Buffering", "no")
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .body(stream.emitter());
    }

    private static long position(String lastEventId) {
        OptionalLong position = WholeNumbers.parse(lastEventId.trim());
        if (position.isEmpty() || position.getAsLong() < 0) {
            throw invalid();
        }
        return position.getAsLong();
    }

    private static RuntimeException invalid() {
        return Problem.invalid(List.of(new FieldError(LAST_EVENT_ID, "must be the id of an event of this stream")))
                .toException();
    }
}
