package io.metachat.projections.entry;

import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.domain.EntryId;
import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.ListEntries;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Answers about entries and the mood of each. */
@Component
public class EntryQueries {

    /** A page ends early at this size, well below what gRPC takes: entries may be large. */
    private static final long PAGE_BYTES = 2 << 20;

    private static final String BY_ID = "SELECT * FROM %s WHERE user_id = ? AND shard = ? AND entry_id = ?";

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

    /** How many entries a session has. */
    public CompletableFuture<Integer> count(UserId user, SessionId session) {
        return reader.send(
                        EntryTables.BY_SESSION,
                        "SELECT count(*) AS number FROM %s WHERE user_id = ? AND session_id = ?",
                        user.value(),
                        session.value())
                .thenApply(counted -> counted.map(row -> Math.toIntExact(row.getLong("number")))
                        .orElse(0));
    }

    /** When each entry of a person was written and how many words it has, newest first; read as the caller goes on. */
    public Iterable<Row> writings(UserId user) {
        return reader.scan(
                EntryTables.BY_TIME, "SELECT written_at, word_count FROM %s WHERE user_id = ?", user.value());
    }

    private KeySlice slice(ListEntries query) {
        UUID user = query.userId().value();
        if (query.tag() != null) {
            return KeySlice.of(reader, EntryTables.BY_TAG, "written_at", "entry_id", user)
                    .and("tag", query.tag());
        }
        if (query.sessionId() != null) {
            return KeySlice.of(reader, EntryTables.BY_SESSION, "written_at", "entry_id", user)
                    .and("session_id", query.sessionId().value());
        }
        return KeySlice.of(reader, EntryTables.BY_TIME, "written_at", "entry_id", user);
    }

    private List<Optional<Entry>> load(UserId user, List<Cursor> places) {
        List<CompletableFuture<Optional<Entry>>> sent = new ArrayList<>(places.size());
        for (Cursor place : places) {
            sent.add(load(user, place.id()));
        }
        return sent.stream().map(TableReader::await).toList();
    }

    private CompletableFuture<Optional<Entry>> load(UserId user, UUID entry) {
        return reader.send(EntryTables.ENTRIES, BY_ID, user.value(), Shard.of(entry), entry)
                .thenApply(row -> row.filter(EntryMessages::isWritten).map(EntryMessages::entry));
    }

    private static DomainException notFound() {
        return new DomainException(DomainError.ENTRY_NOT_FOUND);
    }
}
