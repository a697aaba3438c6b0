package io.metachat.domain.diary.event;

import io.metachat.domain.UserId;
import io.metachat.domain.mood.MoodProfile;
import java.time.Instant;

/**
 * The decayed profile has moved by more than the threshold since the last such event.
 *
 * @param distance how far, as the Euclidean distance of the emotion vectors; the first profile has the distance from none
 */
public record MoodProfileShifted(UserId userId, MoodProfile profile, double distance, Instant shiftedAt)
        implements DiaryEvent {}
