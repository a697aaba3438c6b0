package io.metachat.domain.diary.event;

import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.field.Personal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A session began. */
public record SessionStarted(
        UserId userId,
        SessionId sessionId,
        @Personal @Nullable String title,
        Instant startedAt) implements DiaryEvent {

    @Override
    public String toString() {
        return "SessionStarted[userId=" + userId + ", sessionId=" + sessionId + "]";
    }
}
