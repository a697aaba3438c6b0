package io.metachat.gateway.diary;

import io.metachat.gateway.http.Exchange;
import io.metachat.gateway.http.Page;
import io.metachat.proto.Fields;
import io.metachat.proto.v1.DiaryCommandsGrpc.DiaryCommandsBlockingStub;
import io.metachat.proto.v1.EndSessionRequest;
import io.metachat.proto.v1.GetSessionRequest;
import io.metachat.proto.v1.PageRequest;
import io.metachat.proto.v1.QueriesGrpc.QueriesBlockingStub;
import io.metachat.proto.v1.SessionContent;
import io.metachat.proto.v1.SessionPage;
import io.metachat.proto.v1.StartSessionRequest;
import java.net.URI;
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

/** {@code /diary/sessions}. */
@RestController
@RequestMapping("/api/v1/diary/sessions")
class SessionRoutes {

    private final DiaryCommandsBlockingStub diary;
    private final QueriesBlockingStub queries;

    SessionRoutes(DiaryCommandsBlockingStub diary, QueriesBlockingStub queries) {
        this.diary = diary;
        this.queries = queries;
    }

    @PostMapping
    ResponseEntity<SessionView> start(Exchange exchange, @RequestBody(required = false) @Nullable NewSessionBody body) {
        StartSessionRequest.Builder request = StartSessionRequest.newBuilder();
        Optional.ofNullable(body).map(NewSessionBody::title).ifPresent(request::setTitle);
        SessionContent session = exchange.write(() -> diary.startSession(request.build()));
        return ResponseEntity.created(URI.create("/api/v1/diary/sessions/" + session.getSessionId()))
                .body(SessionView.of(session, 0));
    }

    /** Newest first. */
    @GetMapping
    Page<SessionView> list(
            Exchange exchange,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest.Builder request = PageRequest.newBuilder().setLimit(Page.limit(limit));
        Optional.ofNullable(cursor).ifPresent(request::setCursor);
        SessionPage page = exchange.read(() -> queries.listSessions(request.build()));
        return new Page<>(
                page.getItemsList().stream().map(SessionView::of).toList(),
                Fields.orNull(page.hasNextCursor(), page::getNextCursor));
    }

    @GetMapping("/{id}")
    SessionView get(Exchange exchange, @PathVariable String id) {
        return SessionView.of(exchange.read(() -> queries.getSession(session(id))));
    }

    @PostMapping("/{id}/end")
    SessionView end(Exchange exchange, @PathVariable String id) {
        EndSessionRequest request =
                EndSessionRequest.newBuilder().setSessionId(id).build();
        SessionContent ended = exchange.write(() -> diary.endSession(request));
        return exchange.readBack(() -> queries.getSession(session(id)))
                .map(SessionView::of)
                .orElseGet(() -> SessionView.of(ended, null));
    }

    private static GetSessionRequest session(String id) {
        return GetSessionRequest.newBuilder().setSessionId(id).build();
    }
}
