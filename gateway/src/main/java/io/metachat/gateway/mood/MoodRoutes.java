package io.metachat.gateway.mood;

import io.metachat.gateway.http.Exchange;
import io.metachat.gateway.http.Timestamps;
import io.metachat.proto.v1.GetEntryRequest;
import io.metachat.proto.v1.GetPortraitRequest;
import io.metachat.proto.v1.GetTimelineRequest;
import io.metachat.proto.v1.QueriesGrpc.QueriesBlockingStub;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /mood}. */
@RestController
@RequestMapping("/api/v1/mood")
class MoodRoutes {

    private static final int DEFAULT_DAYS = 30;

    private final QueriesBlockingStub queries;
    private final Clock clock;

    MoodRoutes(QueriesBlockingStub queries, Clock clock) {
        this.queries = queries;
        this.clock = clock;
    }

    @GetMapping("/entries/{entryId}")
    MoodView entry(Exchange exchange, @PathVariable String entryId) {
        GetEntryRequest request =
                GetEntryRequest.newBuilder().setEntryId(entryId).build();
        return MoodView.of(exchange.read(() -> queries.getEntryMood(request)));
    }

    /**
     * Mood over time.
     *
     * @param from first day, UTC, as a date or as any time of that day; 30 days before {@code to} when left out
     * @param to last day in the same way, inclusive; today when left out
     */
    @GetMapping("/timeline")
    TimelineView timeline(
            Exchange exchange,
            @RequestParam(defaultValue = "day") String granularity,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        LocalDate last = to == null ? LocalDate.now(clock) : Timestamps.day("to", to);
        LocalDate first = from == null ? last.minusDays(DEFAULT_DAYS) : Timestamps.day("from", from);
        GetTimelineRequest request = GetTimelineRequest.newBuilder()
                .setGranularity(granularity)
                .setFrom(first.toString())
                .setTo(last.toString())
                .build();
        return TimelineView.of(exchange.read(() -> queries.getTimeline(request)));
    }

    @GetMapping("/portrait")
    PortraitView portrait(Exchange exchange) {
        return PortraitView.of(exchange.read(() -> queries.getPortrait(GetPortraitRequest.getDefaultInstance())));
    }
}
