package io.metachat.domain.diary.event;

import io.metachat.domain.UserId;
import java.time.Instant;

/** The user's diary exists. */
public record DiaryOpened(UserId userId, Instant openedAt) implements DiaryEvent {}
