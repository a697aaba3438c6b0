package io.metachat.domain.diary;

import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;

/** One of the asker's own sessions. */
public record GetSession(UserId userId, SessionId sessionId) {}
