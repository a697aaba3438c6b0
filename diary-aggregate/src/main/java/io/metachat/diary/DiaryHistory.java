package io.metachat.diary;

import io.metachat.domain.UserId;
import io.metachat.domain.diary.event.DiaryEvent;

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
}
