package io.metachat.diary.session;

import io.metachat.domain.SessionId;
import io.metachat.domain.diary.event.SessionEnded;
import io.metachat.domain.diary.event.SessionStarted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A session as the answer to starting and ending it. */
public record Session(
        SessionId sessionId,
        @Nullable String title,
        Instant startedAt,
        @Nullable Instant endedAt) {

    public static Session of(SessionStarted started) {
        return new Session(started.sessionId(), started.title(), started.startedAt(), null);
    }

    public Session ended(SessionEnded ended) {
        return new Session(sessionId, title, startedAt, ended.endedAt());
    }

    @Override
    public String toString() {
        return "Session[sessionId=" + sessionId + "]";
    }
}
