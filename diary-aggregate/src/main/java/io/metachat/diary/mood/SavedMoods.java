package io.metachat.diary.mood;

import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.MoodProfile;
import io.metachat.domain.mood.Topic;
import io.metachat.proto.diary.snapshot.Profile;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Moods and profiles as snapshots hold them. */
public final class SavedMoods {

    private SavedMoods() {}

    public static Profile profile(MoodProfile profile) {
        return Profile.newBuilder()
                .addAllEmotions(reals(profile.emotions()))
                .setValence(profile.valence())
                .setArousal(profile.arousal())
                .setStability(profile.stability())
                .addAllTopics(topics(profile.topics()))
                .setEntriesAnalysed(profile.entriesAnalysed())
                .setUpdatedAt(profile.updatedAt().toEpochMilli())
                .build();
    }

    public static MoodProfile profileOf(Profile profile) {
        return new MoodProfile(
                emotions(profile.getEmotionsList()),
                profile.getValence(),
                profile.getArousal(),
                profile.getStability(),
                topicsOf(profile.getTopicsList()),
                profile.getEntriesAnalysed(),
                Instant.ofEpochMilli(profile.getUpdatedAt()));
    }

    static List<Double> reals(Emotions emotions) {
        return Arrays.stream(emotions.vector()).boxed().toList();
    }

    static Emotions emotions(List<Double> reals) {
        return Emotions.of(reals.stream().mapToDouble(Double::doubleValue).toArray());
    }

    static List<io.metachat.proto.diary.snapshot.Topic> topics(List<Topic> topics) {
        return topics.stream()
                .map(topic -> io.metachat.proto.diary.snapshot.Topic.newBuilder()
                        .setName(topic.name())
                        .setWeight(topic.weight())
                        .build())
                .toList();
    }

    static List<Topic> topicsOf(List<io.metachat.proto.diary.snapshot.Topic> topics) {
        return topics.stream()
                .map(topic -> new Topic(topic.getName(), topic.getWeight()))
                .toList();
    }
}
