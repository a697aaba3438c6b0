package io.metachat.diary.mood;

import io.metachat.diary.packed.PackedInput;
import io.metachat.diary.packed.PackedOutput;
import io.metachat.domain.EntryId;
import io.metachat.domain.mood.Analysis;
import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What one analysed entry adds to the profile. */
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

    void pack(PackedOutput out) {
        out.uuid(entryId.value());
        out.time(writtenAt);
        for (double emotion : emotions.vector()) {
            out.real(emotion);
        }
        out.real(valence);
        out.real(arousal);
        out.real(confidence);
        out.number(topics.size());
        for (Topic topic : topics) {
            out.word(topic.name());
            out.real(topic.weight());
        }
    }

    static EntryMood unpack(PackedInput in) {
        EntryId entryId = new EntryId(in.uuid());
        Instant writtenAt = in.time();
        double[] emotions = new double[Emotions.NONE.vector().length];
        for (int i = 0; i < emotions.length; i++) {
            emotions[i] = in.real();
        }
        double valence = in.real();
        double arousal = in.real();
        double confidence = in.real();
        List<Topic> topics = new ArrayList<>();
        for (long left = in.number(); left > 0; left--) {
            topics.add(new Topic(in.word(), in.real()));
        }
        return new EntryMood(entryId, writtenAt, Emotions.of(emotions), valence, arousal, confidence, topics);
    }
}
