package io.metachat.gateway.mood;

import io.metachat.proto.v1.Emotions;

/** One probability per emotion. */
public record EmotionsView(
        double joy,
        double trust,
        double fear,
        double surprise,
        double sadness,
        double disgust,
        double anger,
        double anticipation) {

    static EmotionsView of(Emotions emotions) {
        return new EmotionsView(
                emotions.getJoy(),
                emotions.getTrust(),
                emotions.getFear(),
                emotions.getSurprise(),
                emotions.getSadness(),
                emotions.getDisgust(),
                emotions.getAnger(),
                emotions.getAnticipation());
    }
}
