package io.metachat.projections.entry;

import static io.metachat.projections.entry.EntryTables.BY_SESSION;
import static io.metachat.projections.entry.EntryTables.BY_TAG;
import static io.metachat.projections.entry.EntryTables.BY_TIME;
import static io.metachat.projections.entry.EntryTables.ENTRIES;
import static org.springframework.data.cassandra.core.query.Criteria.where;
import static org.springframework.data.cassandra.core.query.Query.query;

import io.metachat.domain.EntryId;
import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.ListEntries;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.projections.entry.EntryTables.BySession;
import io.metachat.projections.entry.EntryTables.ByTag;
import io.metachat.projections.entry.EntryTables.ByTime;
import io.metachat.projections.page.Cursor;
import io.metachat.projections.page.Cursors;
import io.metachat.projections.page.KeySlice;
import io.metachat.projections.page.ListName;
import io.metachat.projections.page.Pages;
import io.metachat.projections.position.MinimumPosition;
import io.metachat.projections.table.Shard;
import io.metachat.projections.table.TableReader;
import io.metachat.proto.v1.Entry;
import io.metachat.proto.v1.EntryPage;
import io.metachat.proto.v1.Mood;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjIntConsumer;
import org.springframework.stereotype.Component;

/** Answers about entries and the mood of each. */
@Component
public class EntryQueries {

    /** A page ends early at this size, well below what gRPC takes: entries may be large. */
    private static final long PAGE_BYTES = 2 << 20;

    private final TableReader reader;
    private final Cursors cursors;
    private final MinimumPosition position;

    EntryQueries(TableReader reader, Cursors cursors, MinimumPosition position) {
        this.reader = reader;
        this.cursors = cursors;
        this.position = position;
    }

    /** @throws DomainException when the person has no such entry */
    public Entry get(UserId user, EntryId entry) {
        position.await(user, EntryProjection.NAME);
        return TableReader.await(load(user, entry.value())).orElseThrow(EntryQueries::notFound);
    }

    /** @throws DomainException when the person has no such entry */
    public Mood mood(UserId user, EntryId entry) {
        return get(user, entry).getMood();
    }

    /** @throws DomainException when the cursor is not one of this list */
    public EntryPage list(ListEntries query) {
        ListName name =
                ListName.of(query.userId(), "entries", query.tag(), query.sessionId(), query.from(), query.to());
        Optional<Cursor> after = cursors.read(name, query.cursor());
        position.await(query.userId(), EntryProjection.NAME);
        Pages.Page<Entry> page = Pages.read(
                slice(query).between(query.from(), query.to()),
                after,
                query.limit(),
                places -> load(query.userId(), places),
                Entry::getSerializedSize,
                PAGE_BYTES);
        EntryPage.Builder answer = EntryPage.newBuilder().addAllItems(page.items());
        page.next().ifPresent(next -> answer.setNextCursor(cursors.write(name, next)));
        return answer.build();
    }

    /** Counts the entries of a session. */
    public CompletableFuture<Integer> count(UserId user, SessionId session) {
        return reader.count(
                BY_SESSION,
                query(
                        where(BySession::userId).is(user.value()),
                        where(BySession::sessionId).is(session.value())));
    }

    /** When each entry of a person was written and how many words it has, newest first; read as the caller consumes. */
    public void writings(UserId user, ObjIntConsumer<Instant> each) {
        reader.scan(BY_TIME, query(where(ByTime::userId).is(user.value())))
                .forEach(entry -> each.accept(entry.writtenAt(), entry.wordCount()));
    }

    private KeySlice slice(ListEntries query) {
        UserId user = query.userId();
        if (query.tag() != null) {
            return KeySlice.of(reader, BY_TAG, user, ByTag::writtenAt, ByTag::entryId)
                    .under(BY_TAG, ByTag::tag, query.tag());
        }
        if (query.sessionId() != null) {
            return KeySlice.of(reader, BY_SESSION, user, BySession::writtenAt, BySession::entryId)
                    .under(BY_SESSION, BySession::sessionId, query.sessionId().value());
        }
        return KeySlice.of(reader, BY_TIME, user, ByTime::writtenAt, ByTime::entryId);
    }

    private List<Optional<Entry>> load(UserId user, List<Cursor> places) {
        List<CompletableFuture<Optional<Entry>>> sent = new ArrayList<>(places.size());
        for (Cursor place : places) {
            sent.add(load(user, place.id()));
        }
        return sent.stream().map(TableReader::await).toList();
    }

    private CompletableFuture<Optional<Entry>> load(UserId user, UUID entry) {
        return reader.send(
                        ENTRIES,
                        query(
                                where(EntryRow::userId).is(user.value()),
                                where(EntryRow::shard).is(Shard.of(entry)),
                                where(EntryRow::entryId).is(entry)))
                .thenApply(row -> row.filter(EntryMessages::isWritten).map(EntryMessages::entry));
    }

    private static DomainException notFound() {
        return new DomainException(DomainError.ENTRY_NOT_FOUND);
    }
}
