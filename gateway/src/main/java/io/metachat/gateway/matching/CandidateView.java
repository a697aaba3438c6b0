package io.metachat.gateway.matching;

import io.metachat.proto.Fields;
import io.metachat.proto.v1.Candidate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A candidate for the caller, with the reasons. */
record CandidateView(
        String userId,
        String username,
        @Nullable String displayName,
        double score,
        ScorePartsView parts,
        List<String> commonTopics,
        String explanation) {

    static CandidateView of(Candidate candidate) {
        return new CandidateView(
                candidate.getUserId(),
                candidate.getUsername(),
                Fields.orNull(candidate.hasDisplayName(), candidate::getDisplayName),
                candidate.getScore(),
                ScorePartsView.of(candidate.getParts()),
                List.copyOf(candidate.getCommonTopicsList()),
                candidate.getExplanation());
    }
}
