package io.metachat.projections.session;

import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.ListSessions;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.projections.entry.EntryProjection;
import io.metachat.projections.entry.EntryQueries;
import io.metachat.projections.message.Times;
import io.metachat.projections.page.Cursor;
import io.metachat.projections.page.Cursors;
import io.metachat.projections.page.KeySlice;
import io.metachat.projections.page.ListName;
import io.metachat.projections.page.Pages;
import io.metachat.projections.position.MinimumPosition;
import io.metachat.projections.table.TableReader;
import io.metachat.proto.v1.Session;
import io.metachat.proto.v1.SessionPage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Answers about sessions. */
@Component
public class SessionQueries {

    private static final long NO_MAXIMUM = Long.MAX_VALUE;

    private final TableReader reader;
    private final EntryQueries entries;
    private final Cursors cursors;
    private final MinimumPosition position;

    SessionQueries(TableReader reader, EntryQueries entries, Cursors cursors, MinimumPosition position) {
        this.reader = reader;
        this.entries = entries;
        this.cursors = cursors;
        this.position = position;
    }

    /** @throws DomainException when the person has no such session */
    public Session get(UserId user, SessionId session) {
        position.await(user, SessionProjection.NAME, EntryProjection.NAME);
        return TableReader.await(load(user, session.value()))
                .orElseThrow(() -> new DomainException(DomainError.SESSION_NOT_FOUND));
    }

    /** @throws DomainException when the cursor is not one of this list */
    public SessionPage list(ListSessions query) {
        UserId user = query.userId();
        ListName name = ListName.of(user, "sessions");
        Optional<Cursor> after = cursors.read(name, query.cursor());
        position.await(user, SessionProjection.NAME, EntryProjection.NAME);
        KeySlice keys = KeySlice.of(reader, SessionTables.BY_TIME, "started_at", "session_id", user.value());
        Pages.Page<Session> page = Pages.read(
                keys, after, query.limit(), places -> load(user, places), Session::getSerializedSize, NO_MAXIMUM);
        SessionPage.Builder answer = SessionPage.newBuilder().addAllItems(page.items());
        page.next().ifPresent(next -> answer.setNextCursor(cursors.write(name, next)));
        return answer.build();
    }

    /** How many sessions a person has had. */
    public int count(UserId user) {
        return reader.one(SessionTables.SESSIONS, "SELECT count(*) AS number FROM %s WHERE user_id = ?", user.value())
                .map(row -> Math.toIntExact(row.getLong("number")))
                .orElse(0);
    }

    private List<Optional<Session>> load(UserId user, List<Cursor> places) {
        List<CompletableFuture<Optional<Session>>> sent =
                places.stream().map(place -> load(user, place.id())).toList();
        return sent.stream().map(TableReader::await).toList();
    }

    private CompletableFuture<Optional<Session>> load(UserId user, UUID session) {
        CompletableFuture<Integer> count = entries.count(user, new SessionId(session));
        return reader.send(
                        SessionTables.SESSIONS,
                        "SELECT * FROM %s WHERE user_id = ? AND session_id = ?",
                        user.value(),
                        session)
                .thenCombine(
                        count,
                        (row, number) ->
                                row.filter(found -> !found.isNull("started_at")).map(found -> session(found, number)));
    }

    private static Session session(Row row, int entries) {
        Session.Builder session = Session.newBuilder()
                .setSessionId(String.valueOf(row.getUuid("session_id")))
                .setStartedAt(Times.timestamp(row.getInstant("started_at")))
                .setEntries(entries);
        if (!row.isNull("title")) {
            session.setTitle(row.getString("title"));
        }
        if (!row.isNull("ended_at")) {
            session.setEndedAt(Times.timestamp(row.getInstant("ended_at")));
        }
        return session.build();
    }
}
