package io.metachat.matching.candidate;

import io.metachat.domain.candidate.MatchScore;

/**
 * Somebody who may be proposed.
 *
 * @param round in which a proposal between the two would be
 */
public record RankedCandidate(Person person, MatchScore score, int round) {

    /** The score in a sentence for the person who asks. */
    public String explanation() {
        String moods = "Your moods are " + Math.round(score.mood() * 100) + " % alike";
        return score.commonTopics().isEmpty()
                ? moods + "."
                : moods + ", and you both write about " + String.join(", ", score.commonTopics()) + ".";
    }
}
