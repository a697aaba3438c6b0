package io.metachat.projections.session;

import io.metachat.domain.diary.event.SessionEnded;
import io.metachat.domain.diary.event.SessionStarted;
import io.metachat.projections.table.EventHandlers;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.Table;
import io.metachat.projections.table.TableWrite;
import io.metachat.projections.table.Writes;
import java.util.List;
import org.springframework.stereotype.Component;

/** Keeps sessions; how many entries one has is counted from the entries. */
@Component
public final class SessionProjection implements Projection {

    public static final String NAME = "sessions";

    private static final TableWrite START =
            SessionTables.SESSIONS.upsert("user_id", "session_id", "title", "started_at");
    private static final TableWrite FILE = SessionTables.BY_TIME.upsert("user_id", "started_at", "session_id");
    private static final TableWrite END = SessionTables.SESSIONS.upsert("user_id", "session_id", "ended_at");

    private final EventHandlers handlers = EventHandlers.builder()
            .on(SessionStarted.class, SessionProjection::started)
            .on(SessionEnded.class, SessionProjection::ended)
            .build();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int revision() {
        return 1;
    }

    @Override
    public List<Table> tables() {
        return List.of(SessionTables.SESSIONS, SessionTables.BY_TIME);
    }

    @Override
    public EventHandlers handlers() {
        return handlers;
    }

    private static void started(SessionStarted event, Writes writes) {
        writes.apply(START, event.userId().value(), event.sessionId().value(), event.title(), event.startedAt());
        writes.apply(
                FILE,
                event.userId().value(),
                event.startedAt(),
                event.sessionId().value());
    }

    private static void ended(SessionEnded event, Writes writes) {
        writes.apply(END, event.userId().value(), event.sessionId().value(), event.endedAt());
    }
}
