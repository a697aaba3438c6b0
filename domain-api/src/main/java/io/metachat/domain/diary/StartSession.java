package io.metachat.domain.diary;

import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.field.Limits;
import org.jspecify.annotations.Nullable;

/** Start a session; refused while another is open. */
public record StartSession(
        UserId userId, SessionId sessionId, @Nullable String title) implements DiaryCommand {

    public StartSession {
        FieldChecks.begin().text("title", title, Limits.TITLE).done();
    }

    @Override
    public String toString() {
        return "StartSession[userId=" + userId + ", sessionId=" + sessionId + "]";
    }
}
