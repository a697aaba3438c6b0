package io.metachat.diary.mood;

import io.metachat.domain.EntryId;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.RecordAnalysis;
import io.metachat.domain.mood.Analysis;
import io.metachat.domain.mood.Emotion;
import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.TextSpan;
import io.metachat.domain.mood.Topic;
import io.metachat.kafka.relay.MalformedEventException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The content of a {@code metachat.mood.EntryAnalysed.v1} message, as the mood service writes it. Everything may be
 * absent or out of bounds until it is turned into a command: a topic is an open door.
 */
record MoodResult(
        @Nullable UUID userId,
        @Nullable UUID entryId,
        @Nullable Integer entryRevision,
        @Nullable String status,
        @Nullable Map<String, Double> emotions,
        @Nullable String dominant,
        @Nullable Double valence,
        @Nullable Double arousal,
        @Nullable Double confidence,
        @Nullable String reason,
        @Nullable List<Topic> topics,
        @Nullable List<String> keywords,
        @Nullable List<TextSpan> evidence,
        @Nullable String modelVersion,
        @Nullable Instant analysedAt) {

    private static final int MOST_TOPICS = 50;
    private static final int MOST_KEYWORDS = 100;
    private static final int KEPT_SPANS = 1_000;
    private static final int LONGEST_WORD = 200;
    private static final int LONGEST_REASON = 1_000;

    /** @throws MalformedEventException naming the field that is wrong */
    RecordAnalysis command() {
        return new RecordAnalysis(
                new UserId(present("userId", userId)),
                new EntryId(present("entryId", entryId)),
                revision(),
                new Analysis(
                        knownStatus(),
                        vector(),
                        dominantEmotion(),
                        within("valence", valence, -1, 1),
                        within("arousal", arousal, 0, 1),
                        within("confidence", confidence, 0, 1),
                        reason == null ? null : word("reason", reason, LONGEST_REASON),
                        checkedTopics(),
                        checkedKeywords(),
                        checkedEvidence(),
                        word("modelVersion", present("modelVersion", modelVersion), LONGEST_WORD),
                        present("analysedAt", analysedAt).truncatedTo(ChronoUnit.MILLIS)));
    }

    private Analysis.Status knownStatus() {
        return switch (present("status", status)) {
            case "analysed" -> Analysis.Status.ANALYSED;
            case "unsupported" -> Analysis.Status.UNSUPPORTED;
            default -> throw malformed("status");
        };
    }

    private int revision() {
        int revision = present("entryRevision", entryRevision);
        if (revision < 1) {
            throw malformed("entryRevision");
        }
        return revision;
    }

    private Emotions vector() {
        Map<String, Double> given = present("emotions", emotions);
        double[] values = new double[Emotion.values().length];
        for (Emotion emotion : Emotion.values()) {
            String name = emotion.name().toLowerCase(Locale.ROOT);
            values[emotion.ordinal()] = within("emotions." + name, given.get(name), 0, 1);
        }
        return Emotions.of(values);
    }

    private @Nullable Emotion dominantEmotion() {
        if (dominant == null) {
            return null;
        }
        for (Emotion emotion : Emotion.values()) {
            if (emotion.name().toLowerCase(Locale.ROOT).equals(dominant)) {
                return emotion;
            }
        }
        throw malformed("dominant");
    }

    private List<Topic> checkedTopics() {
        List<Topic> given = bounded("topics", topics, MOST_TOPICS);
        for (Topic topic : given) {
            word("topics", present("topics", topic.name()), LONGEST_WORD);
            within("topics", topic.weight(), 0, 1);
        }
        return given;
    }

    private List<String> checkedKeywords() {
        List<String> given = bounded("keywords", keywords, MOST_KEYWORDS);
        given.forEach(keyword -> word("keywords", keyword, LONGEST_WORD));
        return given;
    }

    /** A long entry of short sentences may have more than anybody looks at; an event has to fit into an append. */
    private List<TextSpan> checkedEvidence() {
        return bounded("evidence", evidence, Integer.MAX_VALUE).stream()
                .limit(KEPT_SPANS)
                .toList();
    }

    private static <T> List<T> bounded(String field, @Nullable List<T> given, int most) {
        List<T> list = present(field, given);
        if (list.size() > most || list.stream().anyMatch(Objects::isNull)) {
            throw malformed(field);
        }
        return list;
    }

    private static String word(String field, String given, int longest) {
        if (given.isBlank() || given.length() > longest) {
            throw malformed(field);
        }
        return given;
    }

    private static double within(String field, @Nullable Double given, double least, double most) {
        double value = present(field, given);
        if (!(value >= least && value <= most)) {
            throw malformed(field);
        }
        return value;
    }

    private static <T> T present(String field, @Nullable T given) {
        if (given == null) {
            throw malformed(field);
        }
        return given;
    }

    private static MalformedEventException malformed(String field) {
        return new MalformedEventException("The field " + field + " is missing or out of bounds");
    }
}
