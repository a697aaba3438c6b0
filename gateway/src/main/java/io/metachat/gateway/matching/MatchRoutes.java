package io.metachat.gateway.matching;

import io.metachat.gateway.http.Exchange;
import io.metachat.gateway.http.Page;
import io.metachat.proto.Fields;
import io.metachat.proto.v1.GetMatchRequest;
import io.metachat.proto.v1.Match;
import io.metachat.proto.v1.MatchPage;
import io.metachat.proto.v1.MatchRequest;
import io.metachat.proto.v1.MatchingGrpc.MatchingBlockingStub;
import io.metachat.proto.v1.PageRequest;
import io.metachat.proto.v1.ProposeMatchRequest;
import io.metachat.proto.v1.QueriesGrpc.QueriesBlockingStub;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /matches}. */
@RestController
@RequestMapping("/api/v1/matches")
class MatchRoutes {

    private final MatchingBlockingStub matching;
    private final QueriesBlockingStub queries;

    MatchRoutes(MatchingBlockingStub matching, QueriesBlockingStub queries) {
        this.matching = matching;
        this.queries = queries;
    }

    @PostMapping
    ResponseEntity<MatchView> propose(Exchange exchange, @RequestBody NewMatchBody body) {
        ProposeMatchRequest request = ProposeMatchRequest.newBuilder()
                .setUserId(Objects.requireNonNullElse(body.userId(), ""))
                .build();
        Match match = exchange.write(() -> matching.proposeMatch(request));
        return ResponseEntity.created(URI.create("/api/v1/matches/" + match.getMatchId()))
                .body(MatchView.of(match));
    }

    /** Newest first. */
    @GetMapping
    Page<MatchView> list(
            Exchange exchange,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest.Builder request = PageRequest.newBuilder().setLimit(Page.limit(limit));
        Optional.ofNullable(cursor).ifPresent(request::setCursor);
        MatchPage page = exchange.read(() -> queries.listMatches(request.build()));
        return new Page<>(
                page.getItemsList().stream().map(MatchView::of).toList(),
                Fields.orNull(page.hasNextCursor(), page::getNextCursor));
    }

    @GetMapping("/{id}")
    MatchView get(Exchange exchange, @PathVariable String id) {
        GetMatchRequest request = GetMatchRequest.newBuilder().setMatchId(id).build();
        return MatchView.of(exchange.read(() -> queries.getMatch(request)));
    }

    @PostMapping("/{id}/accept")
    MatchView accept(Exchange exchange, @PathVariable String id) {
        return MatchView.of(exchange.write(() -> matching.acceptMatch(match(id))));
    }

    @PostMapping("/{id}/decline")
    MatchView decline(Exchange exchange, @PathVariable String id) {
        return MatchView.of(exchange.write(() -> matching.declineMatch(match(id))));
    }

    @PostMapping("/{id}/cancel")
    MatchView cancel(Exchange exchange, @PathVariable String id) {
        return MatchView.of(exchange.write(() -> matching.cancelMatch(match(id))));
    }

    private static MatchRequest match(String id) {
        return MatchRequest.newBuilder().setMatchId(id).build();
    }
}
