package io.metachat.matching.api;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserId;
import io.metachat.domain.candidate.FindCandidates;
import io.metachat.domain.candidate.GetCompatibility;
import io.metachat.domain.match.AcceptMatch;
import io.metachat.domain.match.CancelMatch;
import io.metachat.domain.match.DeclineMatch;
import io.metachat.domain.match.event.MatchCancelled;
import io.metachat.proto.v1.CompatibilityRequest;
import io.metachat.proto.v1.FindCandidatesRequest;
import io.metachat.proto.v1.MatchRequest;

/** The requests of calls as the domain's commands and queries. */
final class Requests {

    private Requests() {}

    static FindCandidates candidates(UserId caller, FindCandidatesRequest request) {
        return new FindCandidates(caller, request.getLimit());
    }

    static GetCompatibility compatibility(UserId caller, CompatibilityRequest request) {
        return new GetCompatibility(caller, UserId.parse(request.getUserId()));
    }

    static AcceptMatch accept(UserId caller, MatchRequest request) {
        return new AcceptMatch(match(request), caller);
    }

    static DeclineMatch decline(UserId caller, MatchRequest request) {
        return new DeclineMatch(match(request), caller);
    }

    static CancelMatch withdraw(UserId caller, MatchRequest request) {
        return new CancelMatch(match(request), caller, MatchCancelled.Reason.WITHDRAWN);
    }

    private static MatchId match(MatchRequest request) {
        return MatchId.parse(request.getMatchId());
    }
}
