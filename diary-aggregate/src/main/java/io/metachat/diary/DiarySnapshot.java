package io.metachat.diary;

import io.metachat.domain.UserId;
import io.metachat.domain.axon.keyed.KeyedAnswers.KeyedAnswer;
import io.metachat.domain.mood.MoodProfile;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a diary as it lies in a snapshot. Whoever changes its shape changes the {@code @Revision} of
 * {@link Diary}: snapshots of another revision are passed over and the diary is loaded from its events.
 *
 * @param packed entries, sessions and the window of moods, in that order
 * @param told the profile of the last {@code MoodProfileShifted}
 */
record DiarySnapshot(UserId userId, byte[] packed, @Nullable MoodProfile told, Map<String, KeyedAnswer> answers) {}
