package io.metachat.gateway.matching;

import io.metachat.proto.v1.ScoreParts;

/** The parts of a score, each from 0 to 1. */
record ScorePartsView(double mood, double topics, double stability, double freshness) {

    static ScorePartsView of(ScoreParts parts) {
        return new ScorePartsView(parts.getMood(), parts.getTopics(), parts.getStability(), parts.getFreshness());
    }
}
