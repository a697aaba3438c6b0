package io.metachat.domain.mood;

/** Plutchik's eight basic emotions, in the order in which vectors list them. */
public enum Emotion {
    JOY,
    TRUST,
    FEAR,
    SURPRISE,
    SADNESS,
    DISGUST,
    ANGER,
    ANTICIPATION
}
