package io.metachat.domain.candidate;

import java.util.List;

/**
 * How well two people would understand each other, with its parts, each from 0 to 1.
 *
 * @param score the harmonic mean of both directions
 * @param mood cosine of the decayed mood profiles
 * @param topics overlap of what they write about
 * @param stability how well a steady and a volatile mood complement each other
 * @param freshness how recently both have written
 * @param commonTopics the topics they share, heaviest first
 */
public record MatchScore(
        double score, double mood, double topics, double stability, double freshness, List<String> commonTopics) {

    public MatchScore {
        commonTopics = List.copyOf(commonTopics);
    }
}
