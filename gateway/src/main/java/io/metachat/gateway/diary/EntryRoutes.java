package io.metachat.gateway.diary;

import io.metachat.gateway.http.Exchange;
import io.metachat.gateway.http.MergePatch;
import io.metachat.gateway.http.Page;
import io.metachat.gateway.http.Timestamps;
import io.metachat.gateway.mood.MoodView;
import io.metachat.proto.Fields;
import io.metachat.proto.v1.DeleteEntryRequest;
import io.metachat.proto.v1.DiaryCommandsGrpc.DiaryCommandsBlockingStub;
import io.metachat.proto.v1.EditEntryRequest;
import io.metachat.proto.v1.Entry;
import io.metachat.proto.v1.EntryContent;
import io.metachat.proto.v1.EntryPage;
import io.metachat.proto.v1.GetEntryRequest;
import io.metachat.proto.v1.ListEntriesRequest;
import io.metachat.proto.v1.QueriesGrpc.QueriesBlockingStub;
import io.metachat.proto.v1.Tags;
import io.metachat.proto.v1.WriteEntryRequest;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code /diary/entries}. */
@RestController
@RequestMapping("/api/v1/diary/entries")
class EntryRoutes {

    private static final Set<String> EDITABLE = Set.of("title", "text", "tags");

    private final DiaryCommandsBlockingStub diary;
    private final QueriesBlockingStub queries;

    EntryRoutes(DiaryCommandsBlockingStub diary, QueriesBlockingStub queries) {
        this.diary = diary;
        this.queries = queries;
    }

    @PostMapping
    ResponseEntity<EntryView> write(Exchange exchange, @RequestBody NewEntryBody body) {
        WriteEntryRequest.Builder request =
                WriteEntryRequest.newBuilder().setTitle(text(body.title())).setText(text(body.text()));
        Optional.ofNullable(body.tags()).orElse(List.of()).forEach(tag -> request.addTags(text(tag)));
        Optional.ofNullable(body.sessionId()).ifPresent(request::setSessionId);
        Optional.ofNullable(body.writtenAt())
                .ifPresent(time -> request.setWrittenAt(Timestamps.parse("writtenAt", time)));
        EntryContent entry = exchange.write(() -> diary.writeEntry(request.build()));
        exchange.entityTag(entry.getRevision());
        return ResponseEntity.created(URI.create("/api/v1/diary/entries/" + entry.getEntryId()))
                .body(EntryView.pending(entry));
    }

    /** Newest first. */
    @GetMapping
    Page<EntryView> list(
            Exchange exchange,
            @RequestParam(required = false) @Nullable String tag,
            @RequestParam(required = false) @Nullable String sessionId,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        ListEntriesRequest.Builder request = ListEntriesRequest.newBuilder().setLimit(Page.limit(limit));
        Optional.ofNullable(tag).ifPresent(request::setTag);
        Optional.ofNullable(sessionId).ifPresent(request::setSessionId);
        Optional.ofNullable(from).ifPresent(time -> request.setFrom(Timestamps.parse("from", time)));
        Optional.ofNullable(to).ifPresent(time -> request.setTo(Timestamps.parse("to", time)));
        Optional.ofNullable(cursor).ifPresent(request::setCursor);
        EntryPage page = exchange.read(() -> queries.listEntries(request.build()));
        return new Page<>(
                page.getItemsList().stream().map(EntryView::of).toList(),
                Fields.orNull(page.hasNextCursor(), page::getNextCursor));
    }

    @GetMapping("/{id}")
    EntryView get(Exchange exchange, @PathVariable String id) {
        GetEntryRequest request = GetEntryRequest.newBuilder().setEntryId(id).build();
        Entry entry = exchange.read(() -> queries.getEntry(request));
        exchange.entityTag(entry.getContent().getRevision());
        return EntryView.of(entry);
    }

    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MergePatch.MEDIA_TYPE})
    EntryView edit(Exchange exchange, @PathVariable String id, @RequestBody ObjectNode body) {
        MergePatch patch = MergePatch.of(body, EDITABLE);
        EditEntryRequest.Builder request = EditEntryRequest.newBuilder().setEntryId(id);
        patch.requiredText("title").ifPresent(request::setTitle);
        patch.requiredText("text").ifPresent(request::setText);
        patch.texts("tags").ifPresent(tags -> request.setTags(Tags.newBuilder().addAllTags(tags)));
        EntryContent entry = exchange.writeIfMatch(revision -> {
            revision.ifPresent(request::setExpectedRevision);
            return diary.editEntry(request.build());
        });
        exchange.entityTag(entry.getRevision());
        // An edit that changes nothing makes no revision, so the mood of the current one stands.
        GetEntryRequest current = GetEntryRequest.newBuilder().setEntryId(id).build();
        return exchange.readIfAvailable(() -> queries.getEntry(current))
                .filter(read -> read.getContent().getRevision() == entry.getRevision())
                .map(read -> EntryView.of(entry, MoodView.of(read.getMood())))
                .orElseGet(() -> EntryView.pending(entry));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Exchange exchange, @PathVariable String id) {
        DeleteEntryRequest.Builder request = DeleteEntryRequest.newBuilder().setEntryId(id);
        exchange.writeIfMatch(revision -> {
            revision.ifPresent(request::setExpectedRevision);
            return diary.deleteEntry(request.build());
        });
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
