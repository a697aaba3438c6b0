package io.metachat.domain.diary;

import io.metachat.domain.UserId;

/** The asker's own numbers: entries, words, sessions, streaks, analysed entries, topics. */
public record GetStatistics(UserId userId) {}
