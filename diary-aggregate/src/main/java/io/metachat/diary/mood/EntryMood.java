package io.metachat.diary.mood;

import io.metachat.diary.snapshot.UuidBytes;
import io.metachat.domain.EntryId;
import io.metachat.domain.mood.Analysis;
import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.Topic;
import io.metachat.proto.diary.snapshot.Mood;
import java.time.Instant;
import java.util.List;

/** The part of one analysed entry in the profile. */
record EntryMood(
        EntryId entryId,
        Instant writtenAt,
        Emotions emotions,
        double valence,
        double arousal,
        double confidence,
        List<Topic> topics) {

    static EntryMood of(EntryId entryId, Instant writtenAt, Analysis analysis) {
        return new EntryMood(
                entryId,
                writtenAt,
                analysis.emotions(),
                analysis.valence(),
                analysis.arousal(),
                analysis.confidence(),
                analysis.topics());
    }

    Mood saved() {
        Mood.Builder mood = Mood.newBuilder()
                .setEntryId(UuidBytes.of(entryId.value()))
                .setWrittenAt(writtenAt.toEpochMilli())
                .setValence(valence)
                .setArousal(arousal)
                .setConfidence(confidence)
                .addAllTopics(SavedMoods.topics(topics));
        SavedMoods.reals(emotions).forEach(mood::addEmotions);
        return mood.build();
    }

    static EntryMood restore(Mood mood) {
        return new EntryMood(
                new EntryId(UuidBytes.readOne(mood.getEntryId())),
                Instant.ofEpochMilli(mood.getWrittenAt()),
                SavedMoods.emotions(mood.getEmotionsList()),
                mood.getValence(),
                mood.getArousal(),
                mood.getConfidence(),
                SavedMoods.topicsOf(mood.getTopicsList()));
    }
}
