package io.metachat.domain.diary;

import io.metachat.domain.EntryId;
import io.metachat.domain.UserId;

/** One of the asker's own entries. */
public record GetEntry(UserId userId, EntryId entryId) {}
