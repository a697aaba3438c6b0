package io.metachat.domain.diary.event;

import io.metachat.domain.EntryId;
import io.metachat.domain.UserId;
import io.metachat.domain.mood.Analysis;
import java.time.Instant;

/**
 * The current revision of an entry was analysed.
 *
 * @param writtenAt when the entry was written: moods over time are filed under it
 */
public record EntryAnalysed(UserId userId, EntryId entryId, int entryRevision, Instant writtenAt, Analysis analysis)
        implements DiaryEvent {}
