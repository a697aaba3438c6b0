package io.metachat.matching.candidate;

import io.metachat.domain.candidate.MatchScore;
import io.metachat.domain.mood.MoodProfile;
import io.metachat.domain.mood.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How well two people would understand each other. Each part is seen from both sides, from 0 to 1, and the score is
 * the harmonic mean of the two directions: somebody who suits only one of the two suits nobody.
 */
final class Affinity {

    private static final double MOOD = 0.40;
    private static final double TOPICS = 0.30;
    private static final double STABILITY = 0.15;
    private static final double FRESHNESS = 0.15;

    /** After this time without an entry somebody counts half as fresh. */
    private static final Duration FRESHNESS_HALF_LIFE = Duration.ofDays(14);

    private static final int COMMON_TOPICS = 5;

    private Affinity() {}

    /** @throws NullPointerException when one of the two has no profile yet */
    static MatchScore between(Person one, Person other, Instant now) {
        Parts there = towards(one, other, now);
        Parts back = towards(other, one, now);
        return new MatchScore(
                harmonic(there.score(), back.score()),
                harmonic(there.mood, back.mood),
                harmonic(there.topics, back.topics),
                harmonic(there.stability, back.stability),
                harmonic(there.freshness, back.freshness),
                commonTopics(profile(one), profile(other)));
    }

    private record Parts(double mood, double topics, double stability, double freshness) {

        double score() {
            return MOOD * mood + TOPICS * topics + STABILITY * stability + FRESHNESS * freshness;
        }
    }

    private static Parts towards(Person from, Person to, Instant now) {
        MoodProfile mine = profile(from);
        MoodProfile theirs = profile(to);
        return new Parts(
                cosine(mine.emotions().vector(), theirs.emotions().vector()),
                sharedOf(mine.topics(), theirs.topics()),
                complement(mine.stability(), theirs.stability()),
                freshness(to.lastEntryAt(), now));
    }

    private static MoodProfile profile(Person person) {
        return Objects.requireNonNull(person.profile(), "Nobody is compared before an entry was analysed");
    }

    /** Vectors of probabilities have no negative part, so this is from 0 to 1. */
    static double cosine(double[] a, double[] b) {
        double dot = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            squareA += a[i] * a[i];
            squareB += b[i] * b[i];
        }
        return squareA == 0 || squareB == 0 ? 0 : Math.min(1, dot / Math.sqrt(squareA * squareB));
    }

    /** How much of what one writes about the other writes about as well. */
    private static double sharedOf(List<Topic> mine, List<Topic> theirs) {
        Map<String, Double> weights = weights(theirs);
        double shared = 0;
        double all = 0;
        for (Topic topic : mine) {
            shared += Math.min(topic.weight(), weights.getOrDefault(topic.name(), 0.0));
            all += topic.weight();
        }
        return all == 0 ? 0 : shared / all;
    }

    private static List<String> commonTopics(MoodProfile one, MoodProfile other) {
        Map<String, Double> weights = weights(other.topics());
        return one.topics().stream()
                .filter(topic -> topic.weight() > 0 && weights.getOrDefault(topic.name(), 0.0) > 0)
                .sorted(Comparator.comparingDouble(
                                (Topic topic) -> -Math.min(topic.weight(), weights.getOrDefault(topic.name(), 0.0)))
                        .thenComparing(Topic::name))
                .limit(COMMON_TOPICS)
                .map(Topic::name)
                .toList();
    }

    private static Map<String, Double> weights(List<Topic> topics) {
        Map<String, Double> weights = new HashMap<>();
        topics.forEach(topic -> weights.merge(topic.name(), topic.weight(), Double::sum));
        return weights;
    }

    /** 1 when one is as steady as the other is volatile. */
    private static double complement(double one, double other) {
        return 1 - Math.abs(1 - (one + other));
    }

    private static double freshness(@Nullable Instant lastEntryAt, Instant now) {
        if (lastEntryAt == null) {
            return 0;
        }
        double age = Math.max(0, Duration.between(lastEntryAt, now).toMillis());
        return Math.pow(0.5, age / FRESHNESS_HALF_LIFE.toMillis());
    }

    private static double harmonic(double a, double b) {
        return a + b == 0 ? 0 : 2 * a * b / (a + b);
    }
}
