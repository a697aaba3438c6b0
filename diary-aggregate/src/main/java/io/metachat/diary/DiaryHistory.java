package io.metachat.diary;

import io.metachat.diary.entry.Entry;
import io.metachat.diary.session.Session;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.event.DiaryEvent;
import io.metachat.domain.diary.event.SessionStarted;

/**
 * One event of a diary's own stream, read back. The aggregate keeps no text; where a rule or an answer needs it, the
 * aggregate knows at which sequence number it stands. Strongly consistent: the stream, not a read model.
 */
public interface DiaryHistory {

    /**
     * The event at a sequence number that the aggregate has applied.
     *
     * @throws IllegalStateException when the stream holds no event there, which means that the stream was truncated
     */
    DiaryEvent at(UserId userId, long sequence);

    /** The content that the entry had with the event at a sequence number. */
    default Entry content(UserId userId, long sequence) {
        return Entry.of(at(userId, sequence));
    }

    /** The session as it was started by the event at a sequence number. */
    default Session started(UserId userId, long sequence) {
        return Session.of((SessionStarted) at(userId, sequence));
    }
}
