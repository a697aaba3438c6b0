package io.metachat.gateway.mood;

import io.metachat.gateway.http.Timestamps;
import io.metachat.proto.Fields;
import io.metachat.proto.v1.Mood;
import io.metachat.proto.v1.MoodStatus;
import io.metachat.proto.v1.TextSpan;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mood of one revision of an entry; while it is pending, all but the first three are null.
 *
 * @param evidence the code points of the text that show the dominant emotion
 */
public record MoodView(
        String status,
        String entryId,
        int entryRevision,
        @Nullable EmotionsView emotions,
        @Nullable String dominant,
        @Nullable Double valence,
        @Nullable Double arousal,
        @Nullable Double confidence,
        @Nullable String reason,
        @Nullable List<TopicView> topics,
        @Nullable List<String> keywords,
        @Nullable List<Span> evidence,
        @Nullable String modelVersion,
        @Nullable Instant analysedAt) {

    /** A part of the text; the end is exclusive. */
    public record Span(int start, int end) {

        static Span of(TextSpan span) {
            return new Span(span.getStart(), span.getEnd());
        }
    }

    public static MoodView pending(String entryId, int entryRevision) {
        return new MoodView(
                "pending", entryId, entryRevision, null, null, null, null, null, null, null, null, null, null, null);
    }

    public static MoodView of(Mood mood) {
        if (mood.getStatus() == MoodStatus.MOOD_STATUS_PENDING) {
            return pending(mood.getEntryId(), mood.getEntryRevision());
        }
        return new MoodView(
                mood.getStatus() == MoodStatus.MOOD_STATUS_ANALYSED ? "analysed" : "unsupported",
                mood.getEntryId(),
                mood.getEntryRevision(),
                EmotionsView.of(mood.getEmotions()),
                Fields.orNull(mood.hasDominant(), mood::getDominant),
                mood.getValence(),
                mood.getArousal(),
                mood.getConfidence(),
                Fields.orNull(mood.hasReason(), mood::getReason),
                TopicView.all(mood.getTopicsList()),
                List.copyOf(mood.getKeywordsList()),
                mood.getEvidenceList().stream().map(Span::of).toList(),
                Fields.orNull(mood.hasModelVersion(), mood::getModelVersion),
                Timestamps.instant(mood.hasAnalysedAt(), mood.getAnalysedAt()));
    }
}
