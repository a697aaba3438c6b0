package io.metachat.domain.mood;

import java.util.Arrays;
import java.util.Optional;

/** One probability from 0 to 1 per emotion; several may be high. */
public record Emotions(
        double joy,
        double trust,
        double fear,
        double surprise,
        double sadness,
        double disgust,
        double anger,
        double anticipation) {

    public static final Emotions NONE = new Emotions(0, 0, 0, 0, 0, 0, 0, 0);

    public Emotions {
        for (double p : new double[] {joy, trust, fear, surprise, sadness, disgust, anger, anticipation}) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("An emotion's probability is from 0 to 1");
            }
        }
    }

    /** In the order of {@link Emotion}. */
    public double[] vector() {
        return new double[] {joy, trust, fear, surprise, sadness, disgust, anger, anticipation};
    }

    /** @param vector eight probabilities in the order of {@link Emotion} */
    public static Emotions of(double[] vector) {
        if (vector.length != Emotion.values().length) {
            throw new IllegalArgumentException("A mood has eight emotions");
        }
        return new Emotions(vector[0], vector[1], vector[2], vector[3], vector[4], vector[5], vector[6], vector[7]);
    }

    public double of(Emotion emotion) {
        return vector()[emotion.ordinal()];
    }

    /** The strongest emotion; none when all are zero. */
    public Optional<Emotion> dominant() {
        double[] vector = vector();
        double strongest = Arrays.stream(vector).max().orElseThrow();
        return strongest == 0
                ? Optional.empty()
                : Arrays.stream(Emotion.values())
                        .filter(e -> vector[e.ordinal()] == strongest)
                        .findFirst();
    }
}
