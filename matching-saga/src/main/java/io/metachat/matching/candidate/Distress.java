package io.metachat.matching.candidate;

import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.MoodProfile;
import org.jspecify.annotations.Nullable;

/**
 * Acute distress: a very unpleasant profile in which fear or sadness stand out. Two people who are both in it are not
 * introduced to each other, whatever their score: it would be high for the wrong reason.
 */
final class Distress {

    private static final double UNPLEASANT = -0.4;
    private static final double STRONG = 0.5;

    private Distress() {}

    static boolean isAcute(@Nullable MoodProfile profile) {
        if (profile == null) {
            return false;
        }
        Emotions emotions = profile.emotions();
        return profile.valence() <= UNPLEASANT && Math.max(emotions.fear(), emotions.sadness()) >= STRONG;
    }
}
