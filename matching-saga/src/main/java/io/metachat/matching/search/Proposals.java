package io.metachat.matching.search;

import io.metachat.domain.SearchId;
import io.metachat.domain.UserId;
import io.metachat.domain.match.ProposeMatch;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.matching.candidate.CandidatePool;
import io.metachat.matching.candidate.RankedCandidate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the next proposal of a search: to the best candidate whom it has not tried. */
class Proposals {

    private static final Logger log = LoggerFactory.getLogger(Proposals.class);

    private final CandidatePool pool;
    private final CommandGateway commands;
    private final Clock clock;
    private final Duration answerWithin;

    Proposals(CandidatePool pool, CommandGateway commands, Clock clock, Duration answerWithin) {
        this.pool = pool;
        this.commands = commands;
        this.clock = clock;
        this.answerWithin = answerWithin;
    }

    /**
     * Proposes the best candidate. One who turns out not to be free any more, because somebody else was quicker, is
     * passed over for the next.
     *
     * @param tried whom this search has proposed to before
     * @return the proposal, or empty when nobody is left
     */
    Optional<ProposeMatch> next(UserId searcher, SearchId searchId, Set<UserId> tried) {
        Set<UserId> passed = new HashSet<>(tried);
        while (true) {
            List<RankedCandidate> best = candidates(searcher, passed);
            if (best.isEmpty()) {
                return Optional.empty();
            }
            RankedCandidate candidate = best.get(0);
            UserId other = candidate.person().id();
            Instant expiresAt = clock.instant().plus(answerWithin);
            ProposeMatch proposal =
                    new ProposeMatch(searcher, other, candidate.round(), candidate.score(), searchId, expiresAt);
            try {
                commands.sendAndWait(proposal);
                return Optional.of(proposal);
            } catch (DomainException refused) {
                log.info(
                        "Search {} passes over a candidate: {}",
                        searchId,
                        refused.error().code());
                passed.add(other);
            }
        }
    }

    private List<RankedCandidate> candidates(UserId searcher, Set<UserId> passed) {
        try {
            return pool.best(searcher, 1, passed);
        } catch (DomainException refused) {
            if (refused.error() == DomainError.MATCHING_DISABLED) {
                return List.of();
            }
            throw refused;
        }
    }
}
