package io.metachat.domain.diary;

import io.metachat.domain.EntryId;
import io.metachat.domain.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Delete an entry.
 *
 * @param expectedRevision the revision that the writer saw; {@code null} to delete whatever is there
 */
public record DeleteEntry(
        UserId userId, EntryId entryId, @Nullable Integer expectedRevision) implements DiaryCommand {}
