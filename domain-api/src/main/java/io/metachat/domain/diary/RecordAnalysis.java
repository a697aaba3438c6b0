package io.metachat.domain.diary;

import io.metachat.domain.EntryId;
import io.metachat.domain.UserId;
import io.metachat.domain.mood.Analysis;

/**
 * Take in what the mood service says. Ignored when the entry is deleted, when the revision is not the current one, or
 * when the same model has already spoken of it.
 */
public record RecordAnalysis(UserId userId, EntryId entryId, int entryRevision, Analysis analysis)
        implements DiaryCommand {}
