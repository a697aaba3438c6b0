package io.metachat.projections.mood;

import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.domain.mood.TextSpan;
import io.metachat.domain.mood.Topic;
import io.metachat.projections.message.Times;
import io.metachat.proto.v1.Emotions;
import io.metachat.proto.v1.Mood;
import io.metachat.proto.v1.MoodStatus;
import java.util.List;
import java.util.Map;

/** Moods as queries answer them. */
public final class MoodMessages {

    private MoodMessages() {}

    /** The mood of an entry's row: pending unless it is of the entry's current revision. */
    public static Mood mood(Row entry) {
        int revision = entry.getInt("revision");
        Mood.Builder mood = Mood.newBuilder()
                .setEntryId(String.valueOf(entry.getUuid("entry_id")))
                .setEntryRevision(revision);
        if (entry.isNull("mood_revision") || entry.getInt("mood_revision") != revision) {
            return mood.setStatus(MoodStatus.MOOD_STATUS_PENDING).build();
        }
        mood.setStatus(MoodStatus.valueOf("MOOD_STATUS_" + entry.getString("mood_status")))
                .setEmotions(emotions(entry))
                .setValence(entry.getDouble("valence"))
                .setArousal(entry.getDouble("arousal"))
                .setConfidence(entry.getDouble("confidence"))
                .addAllTopics(topics(entry))
                .addAllKeywords(list(entry, "keywords", String.class))
                .setModelVersion(entry.getString("model_version"))
                .setAnalysedAt(Times.timestamp(entry.getInstant("analysed_at")));
        if (!entry.isNull("dominant")) {
            mood.setDominant(entry.getString("dominant"));
        }
        if (!entry.isNull("reason")) {
            mood.setReason(entry.getString("reason"));
        }
        for (TextSpan span : MoodColumns.spans(list(entry, "evidence", Integer.class))) {
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

    static Emotions emotions(Row row) {
        return emotions(MoodColumns.emotions(list(row, "emotions", Double.class)));
    }

    static List<io.metachat.proto.v1.Topic> topics(Row row) {
        Map<String, Double> column = row.getMap("topics", String.class, Double.class);
        return column == null
                ? List.of()
                : MoodColumns.topics(column).stream().map(MoodMessages::topic).toList();
    }

    /** A list; a column that was never written is an empty one. */
    static <T> List<T> list(Row row, String column, Class<T> type) {
        List<T> list = row.getList(column, type);
        return list == null ? List.of() : list;
    }
}
