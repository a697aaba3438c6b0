package io.metachat.diary.entry;

import io.metachat.domain.EntryId;
import io.metachat.domain.SessionId;
import io.metachat.domain.diary.WriteEntry;
import io.metachat.domain.diary.event.DiaryEvent;
import io.metachat.domain.diary.event.EntryEdited;
import io.metachat.domain.diary.event.EntryWritten;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One revision of an entry as its writer left it: the answer to writing and editing. */
public record Entry(
        EntryId entryId,
        int revision,
        String title,
        String text,
        List<String> tags,
        @Nullable SessionId sessionId,
        Instant writtenAt,
        @Nullable Instant editedAt,
        int wordCount) {

    public static Entry of(EntryWritten event) {
        return new Entry(
                event.entryId(),
                event.revision(),
                event.title(),
                event.text(),
                event.tags(),
                event.sessionId(),
                event.writtenAt(),
                null,
                event.wordCount());
    }

    public static Entry of(EntryEdited event) {
        return new Entry(
                event.entryId(),
                event.revision(),
                event.title(),
                event.text(),
                event.tags(),
                event.sessionId(),
                event.writtenAt(),
                event.editedAt(),
                event.wordCount());
    }

    /** The content that an event of the stream left behind; only events that carry content are asked for it. */
    public static Entry of(DiaryEvent event) {
        if (event instanceof EntryWritten written) {
            return of(written);
        }
        if (event instanceof EntryEdited edited) {
            return of(edited);
        }
        throw new IllegalStateException("No entry's content in " + event);
    }

    public boolean isOf(String title, String text, List<String> tags) {
        return this.title.equals(title) && this.text.equals(text) && this.tags.equals(tags);
    }

    /** Whether the command would write this entry; a command without a time takes the time of its first attempt. */
    public boolean isWrittenBy(WriteEntry command) {
        return isOf(command.title(), command.text(), command.tags())
                && Objects.equals(command.sessionId(), sessionId)
                && (command.writtenAt() == null || command.writtenAt().equals(writtenAt));
    }

    @Override
    public String toString() {
        return "Entry[entryId=" + entryId + ", revision=" + revision + "]";
    }
}
