package io.metachat.domain.mood;

import java.time.Instant;
import java.util.List;

/**
 * What a person's analysed entries add up to, older ones counting less.
 *
 * @param stability from 0, every entry feels different, to 1, all feel alike
 * @param topics the heaviest first; weights sum to at most 1
 * @param entriesAnalysed how many entries it was made from; 0 when none is left, and then there is no profile any more
 */
public record MoodProfile(
        Emotions emotions,
        double valence,
        double arousal,
        double stability,
        List<Topic> topics,
        int entriesAnalysed,
        Instant updatedAt) {

    public MoodProfile {
        topics = List.copyOf(topics);
    }
}
