package io.metachat.domain.diary;

import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;

/** End the open session. */
public record EndSession(UserId userId, SessionId sessionId) implements DiaryCommand {}
