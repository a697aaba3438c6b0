package io.metachat.matching;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people are introduced to each other.
 *
 * @param answerWithin how long both sides have to answer a proposal
 * @param proposalsPerDay to how many people a day somebody is proposed at most
 * @param catchUpWithin how long a search waits for the candidate pool to reach the event that it reacts to
 */
@ConfigurationProperties("metachat.matching")
public record MatchingProperties(
        @DefaultValue("72h") Duration answerWithin,
        @DefaultValue("5") int proposalsPerDay,
        @DefaultValue("10s") Duration catchUpWithin) {

    public MatchingProperties {
        if (answerWithin.isNegative() || answerWithin.isZero()) {
            throw new IllegalArgumentException("metachat.matching.answer-within must be positive");
        }
        if (proposalsPerDay < 1) {
            throw new IllegalArgumentException("metachat.matching.proposals-per-day must be at least 1");
        }
    }
}
