package io.metachat.gateway.diary;

import io.metachat.gateway.http.Timestamps;
import io.metachat.proto.Fields;
import io.metachat.proto.v1.Session;
import io.metachat.proto.v1.SessionContent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session.
 *
 * @param entries the number of its entries; null right after a command, which does not count them
 */
record SessionView(
        String id,
        @Nullable String title,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Integer entries) {

    static SessionView of(Session session) {
        return new SessionView(
                session.getSessionId(),
                Fields.orNull(session.hasTitle(), session::getTitle),
                Timestamps.instant(session.hasStartedAt(), session.getStartedAt()),
                Timestamps.instant(session.hasEndedAt(), session.getEndedAt()),
                session.getEntries());
    }

    static SessionView of(SessionContent session, @Nullable Integer entries) {
        return new SessionView(
                session.getSessionId(),
                Fields.orNull(session.hasTitle(), session::getTitle),
                Timestamps.instant(session.hasStartedAt(), session.getStartedAt()),
                Timestamps.instant(session.hasEndedAt(), session.getEndedAt()),
                entries);
    }

    @Override
    public String toString() {
        return "SessionView[id=" + id + "]";
    }
}
