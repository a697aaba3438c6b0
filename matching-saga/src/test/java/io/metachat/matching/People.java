package io.metachat.matching;

import io.metachat.domain.UserId;
import io.metachat.domain.candidate.MatchScore;
import io.metachat.domain.mood.Emotions;
import io.metachat.domain.mood.MoodProfile;
import io.metachat.domain.mood.Topic;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The people that the tests are about. */
public final class People {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    public static final UserId ADA = user(1);
    public static final UserId BEN = user(2);
    public static final UserId CLEO = user(3);
    public static final UserId DAN = user(4);

    public static final MatchScore SCORE = new MatchScore(0.8, 0.9, 0.7, 0.6, 1, List.of("work"));

    public static final Emotions JOYFUL = new Emotions(0.8, 0.5, 0.05, 0.1, 0.05, 0.01, 0.02, 0.4);
    public static final Emotions GLOOMY = new Emotions(0.02, 0.1, 0.3, 0.05, 0.8, 0.1, 0.2, 0.05);

    private People() {}

    public static UserId user(int number) {
        return new UserId(new UUID(0, number));
    }

    public static MoodProfile profile(Emotions emotions, double valence, Topic... topics) {
        return new MoodProfile(emotions, valence, 0.4, 0.6, List.of(topics), 5, NOW);
    }
}
