package io.metachat.domain.diary.event;

import io.metachat.domain.SessionId;
import io.metachat.domain.UserId;
import java.time.Instant;

/** A session ended. */
public record SessionEnded(UserId userId, SessionId sessionId, Instant endedAt) implements DiaryEvent {}
