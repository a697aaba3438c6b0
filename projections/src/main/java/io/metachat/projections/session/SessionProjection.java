package io.metachat.projections.session;

import static io.metachat.projections.session.SessionTables.BY_TIME;
import static io.metachat.projections.session.SessionTables.SESSIONS;
import static io.metachat.projections.table.Cell.set;

import io.metachat.domain.diary.event.SessionEnded;
import io.metachat.domain.diary.event.SessionStarted;
import io.metachat.projections.session.SessionTables.ByTime;
import io.metachat.projections.session.SessionTables.SessionRow;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.Writes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps sessions; the number of a session's entries is counted from the entries. */
@Configuration(proxyBeanMethods = false)
public class SessionProjection {

    public static final String NAME = "sessions";

    @Bean
    public static Projection sessions() {
        return Projection.named(NAME)
                .revision(1)
                .tables(SESSIONS, BY_TIME)
                .on(SessionStarted.class, SessionProjection::started)
                .on(SessionEnded.class, SessionProjection::ended)
                .build();
    }

    private static void started(SessionStarted event, Writes writes) {
        writes.upsert(SESSIONS.row(
                event.userId(),
                set(SessionRow::sessionId).to(event.sessionId().value()),
                set(SessionRow::title).to(event.title()),
                set(SessionRow::startedAt).to(event.startedAt())));
        writes.upsert(BY_TIME.row(
                event.userId(),
                set(ByTime::startedAt).to(event.startedAt()),
                set(ByTime::sessionId).to(event.sessionId().value())));
    }

    private static void ended(SessionEnded event, Writes writes) {
        writes.upsert(SESSIONS.row(
                event.userId(),
                set(SessionRow::sessionId).to(event.sessionId().value()),
                set(SessionRow::endedAt).to(event.endedAt())));
    }
}
