package io.metachat.domain.mood;

import io.metachat.domain.EntryId;
import io.metachat.domain.UserId;

/** The mood of one of the asker's own entries. */
public record GetEntryMood(UserId userId, EntryId entryId) {}
