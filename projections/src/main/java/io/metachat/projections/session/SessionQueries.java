package io.metachat.projections.session;

import static io.metachat.projections.session.SessionTables.BY_TIME;
import static io.metachat.projections.session.SessionTables.SESSIONS;
import static org.springframework.data.cassandra.core.query.Criteria.where;
import static org.springframework.data.cassandra.core.query.Query.query;

import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.ListSessions;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.projections.entry.EntryProjection;
import io.metachat.projections.entry.EntryQueries;
import io.metachat.projections.page.Cursor;
import io.metachat.projections.page.Cursors;
import io.metachat.projections.page.KeySlice;
import io.metachat.projections.page.ListName;
import io.metachat.projections.page.Pages;
import io.metachat.projections.page.Times;
import io.metachat.projections.position.MinimumPosition;
import io.metachat.projections.session.SessionTables.ByTime;
import io.metachat.projections.session.SessionTables.SessionRow;
import io.metachat.projections.table.TableReader;
import io.metachat.proto.v1.Session;
import io.metachat.proto.v1.SessionPage;
import java.util.List;
import java.util.Objects;
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
        KeySlice keys = KeySlice.of(reader, BY_TIME, user, ByTime::startedAt, ByTime::sessionId);
        Pages.Page<Session> page = Pages.read(
                keys, after, query.limit(), places -> load(user, places), Session::getSerializedSize, NO_MAXIMUM);
        SessionPage.Builder answer = SessionPage.newBuilder().addAllItems(page.items());
        page.next().ifPresent(next -> answer.setNextCursor(cursors.write(name, next)));
        return answer.build();
    }

    /** Counts the sessions that a person has had. */
    public int count(UserId user) {
        return TableReader.await(
                reader.count(SESSIONS, query(where(SessionRow::userId).is(user.value()))));
    }

    private List<Optional<Session>> load(UserId user, List<Cursor> places) {
        List<CompletableFuture<Optional<Session>>> sent =
                places.stream().map(place -> load(user, place.id())).toList();
        return sent.stream().map(TableReader::await).toList();
    }

    private CompletableFuture<Optional<Session>> load(UserId user, UUID session) {
        CompletableFuture<Integer> count = entries.count(user, new SessionId(session));
        return reader.send(
                        SESSIONS,
                        query(
                                where(SessionRow::userId).is(user.value()),
                                where(SessionRow::sessionId).is(session)))
                .thenCombine(
                        count,
                        (row, number) ->
                                row.filter(found -> found.startedAt() != null).map(found -> session(found, number)));
    }

    private static Session session(SessionRow row, int entries) {
        Session.Builder session = Session.newBuilder()
                .setSessionId(row.sessionId().toString())
                .setStartedAt(Times.timestamp(Objects.requireNonNull(row.startedAt())))
                .setEntries(entries);
        if (row.title() != null) {
            session.setTitle(row.title());
        }
        if (row.endedAt() != null) {
            session.setEndedAt(Times.timestamp(row.endedAt()));
        }
        return session.build();
    }
}
