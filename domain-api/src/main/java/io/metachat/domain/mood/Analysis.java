package io.metachat.domain.mood;

import io.metachat.domain.field.Personal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of one revision of an entry.
 *
 * @param dominant the strongest emotion; {@code null} when the text is not supported or shows none
 * @param valence from -1, unpleasant, to 1, pleasant
 * @param arousal from 0, calm, to 1, excited
 * @param confidence from 0 to 1: how much of this to believe
 * @param reason why the text is not supported or the confidence is low
 * @param evidence the sentences that carried the dominant emotion
 * @param modelVersion which model says so; a newer one may say otherwise
 */
public record Analysis(
        Status status,
        Emotions emotions,
        @Nullable Emotion dominant,
        double valence,
        double arousal,
        double confidence,
        @Nullable String reason,
        List<Topic> topics,
        @Personal List<String> keywords,
        List<TextSpan> evidence,
        String modelVersion,
        Instant analysedAt) {

    public Analysis {
        if (!(valence >= -1 && valence <= 1)
                || !(arousal >= 0 && arousal <= 1)
                || !(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("Valence is from -1 to 1, arousal and confidence are from 0 to 1");
        }
        topics = List.copyOf(topics);
        keywords = List.copyOf(keywords);
        evidence = List.copyOf(evidence);
    }

    /** Whether the model could read the text at all. */
    public enum Status {
        ANALYSED,
        UNSUPPORTED
    }

    /** Without the keywords, which are words of a diary. */
    @Override
    public String toString() {
        return "Analysis[status=" + status + ", modelVersion=" + modelVersion + "]";
    }
}
