package io.metachat.projections.mood;

import static io.metachat.projections.table.Values.orEmpty;
import static io.metachat.projections.table.Values.orZero;

import io.metachat.domain.mood.TextSpan;
import io.metachat.domain.mood.Topic;
import io.metachat.projections.page.Times;
import io.metachat.proto.v1.Emotions;
import io.metachat.proto.v1.Mood;
import io.metachat.proto.v1.MoodStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Moods as queries answer them. */
public final class MoodMessages {

    private MoodMessages() {}

    /** The mood of an entry's row: pending unless it is of the entry's current revision. */
    public static Mood mood(StoredMood entry) {
        int revision = orZero(entry.revision());
        Mood.Builder mood =
                Mood.newBuilder().setEntryId(entry.entryId().toString()).setEntryRevision(revision);
        if (entry.moodRevision() == null || entry.moodRevision() != revision) {
            return mood.setStatus(MoodStatus.MOOD_STATUS_PENDING).build();
        }
        mood.setStatus(MoodStatus.valueOf("MOOD_STATUS_" + entry.moodStatus()))
                .setEmotions(emotions(MoodColumns.emotions(orEmpty(entry.emotions()))))
                .setValence(orZero(entry.valence()))
                .setArousal(orZero(entry.arousal()))
                .setConfidence(orZero(entry.confidence()))
                .addAllTopics(topics(orEmpty(entry.topics())))
                .addAllKeywords(orEmpty(entry.keywords()))
                .setModelVersion(entry.modelVersion())
                .setAnalysedAt(Times.timestamp(Objects.requireNonNull(entry.analysedAt())));
        if (entry.dominant() != null) {
            mood.setDominant(entry.dominant());
        }
        if (entry.reason() != null) {
            mood.setReason(entry.reason());
        }
        for (TextSpan span : MoodColumns.spans(orEmpty(entry.evidence()))) {
            mood.addEvidence(io.metachat.proto.v1.TextSpan.newBuilder()
                    .setStart(span.start())
                    .setEnd(span.end()));
        }
        return mood.build();
    }

    public static Emotions emotions(io.metachat.domain.mood.Emotions emotions) {
        return Emotions.newBuilder()
                .setJoy(emotions.joy())
                .setTrust(emotions.trust())
                .setFear(emotions.fear())
                .setSurprise(emotions.surprise())
                .setSadness(emotions.sadness())
                .setDisgust(emotions.disgust())
                .setAnger(emotions.anger())
                .setAnticipation(emotions.anticipation())
                .build();
    }

    public static io.metachat.proto.v1.Topic topic(Topic topic) {
        return io.metachat.proto.v1.Topic.newBuilder()
                .setName(topic.name())
                .setWeight(topic.weight())
                .build();
    }

    static List<io.metachat.proto.v1.Topic> topics(Map<String, Double> column) {
        return MoodColumns.topics(column).stream().map(MoodMessages::topic).toList();
    }
}
