package io.metachat.domain.diary;

import io.metachat.domain.EntryId;
import io.metachat.domain.UserId;
import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.field.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Change parts of an entry; what is {@code null} stays.
 *
 * @param expectedRevision the revision that the writer saw; {@code null} to edit whatever is there
 */
public record EditEntry(
        UserId userId,
        EntryId entryId,
        @Nullable Integer expectedRevision,
        @Nullable String title,
        @Nullable String text,
        @Nullable List<String> tags)
        implements DiaryCommand {

    public EditEntry {
        FieldChecks.begin()
                .notBlank("title", title)
                .text("title", title, Limits.TITLE)
                .notBlank("text", text)
                .text("text", text, Limits.ENTRY_TEXT)
                .tags("tags", tags)
                .done();
        tags = tags == null ? null : tags.stream().map(String::strip).distinct().toList();
    }

    @Override
    public String toString() {
        return "EditEntry[userId=" + userId + ", entryId=" + entryId + "]";
    }
}
