package io.metachat.matching.api;

import io.grpc.stub.StreamObserver;
import io.metachat.domain.Command;
import io.metachat.domain.SearchId;
import io.metachat.domain.UserId;
import io.metachat.domain.UserPair;
import io.metachat.domain.axon.keyed.NewId;
import io.metachat.domain.candidate.FindCandidates;
import io.metachat.domain.candidate.GetCompatibility;
import io.metachat.domain.match.ProposeMatch;
import io.metachat.domain.match.RepeatProposal;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.search.EndSearch;
import io.metachat.domain.search.MatchSearchEnded;
import io.metachat.domain.search.RepeatSearch;
import io.metachat.domain.search.StartSearch;
import io.metachat.matching.MatchingProperties;
import io.metachat.matching.candidate.CandidatePool;
import io.metachat.matching.candidate.CandidateProjection;
import io.metachat.matching.candidate.RankedCandidate;
import io.metachat.matching.proposal.MatchSnapshot;
import io.metachat.matching.request.RequestClaims;
import io.metachat.proto.v1.CancelSearchRequest;
import io.metachat.proto.v1.Candidate;
import io.metachat.proto.v1.Candidates;
import io.metachat.proto.v1.CompatibilityRequest;
import io.metachat.proto.v1.FindCandidatesRequest;
import io.metachat.proto.v1.Match;
import io.metachat.proto.v1.MatchRequest;
import io.metachat.proto.v1.MatchingGrpc;
import io.metachat.proto.v1.ProposeMatchRequest;
import io.metachat.proto.v1.SearchCancelled;
import io.metachat.proto.v1.SearchStarted;
import io.metachat.proto.v1.StartSearchRequest;
import io.metachat.service.command.CommandDispatcher;
import io.metachat.service.grpc.Responses;
import io.metachat.service.position.PositionAwaiter;
import io.metachat.service.security.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Turns calls into commands and searches on behalf of the caller, whom the access token alone names. Thread-safe. */
@Service
class MatchingService extends MatchingGrpc.MatchingImplBase {

    private final CommandDispatcher commands;
    private final RequestClaims claims;
    private final CandidatePool pool;
    private final PositionAwaiter positions;
    private final Clock clock;
    private final Duration answerWithin;

    MatchingService(
            CommandDispatcher commands,
            RequestClaims claims,
            CandidatePool pool,
            PositionAwaiter positions,
            Clock clock,
            MatchingProperties properties) {
        this.commands = commands;
        this.claims = claims;
        this.pool = pool;
        this.positions = positions;
        this.clock = clock;
        this.answerWithin = properties.answerWithin();
    }

    @Override
    public void findCandidates(FindCandidatesRequest request, StreamObserver<Candidates> answer) {
        FindCandidates query = Requests.candidates(caller(), request);
        positions.awaitCallPosition(CandidateProjection.PROCESSOR);
        Candidates.Builder candidates = Candidates.newBuilder();
        pool.best(query.userId(), query.limit(), Set.of())
                .forEach(candidate -> candidates.addItems(Answers.candidate(candidate)));
        Responses.send(answer, candidates.build());
    }

    @Override
    public void getCompatibility(CompatibilityRequest request, StreamObserver<Candidate> answer) {
        GetCompatibility query = Requests.compatibility(caller(), request);
        positions.awaitCallPosition(CandidateProjection.PROCESSOR);
        Responses.send(answer, Answers.candidate(pool.compatibility(query.userId(), query.other())));
    }

    @Override
    public void proposeMatch(ProposeMatchRequest request, StreamObserver<Match> answer) {
        UserId asker = caller();
        UserId other = UserId.parse(request.getUserId());
        positions.awaitCallPosition(CandidateProjection.PROCESSOR);
        Optional<MatchSnapshot> earlier = claims.claim(asker) ? repeated(asker, other) : Optional.empty();
        Responses.send(answer, Answers.match(earlier.orElseGet(() -> propose(asker, other))));
    }

    /** Returns the match as it is now, if this request proposed it before, in whichever round. */
    private Optional<MatchSnapshot> repeated(UserId asker, UserId other) {
        UserPair pair = new UserPair(asker, other);
        return pool.matchesBetween(pair).stream()
                .map(match -> commands.<@Nullable MatchSnapshot>dispatch(new RepeatProposal(match, asker))
                        .result())
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** A proposal that is open already is answered, or counts as the other side's acceptance: its stream decides. */
    private MatchSnapshot propose(UserId asker, UserId other) {
        RankedCandidate candidate = pool.proposable(asker, other);
        return dispatch(new ProposeMatch(
                asker,
                other,
                candidate.round(),
                candidate.score(),
                null,
                clock.instant().plus(answerWithin)));
    }

    @Override
    public void acceptMatch(MatchRequest request, StreamObserver<Match> answer) {
        Responses.send(answer, Answers.match(change(Requests.accept(caller(), request))));
    }

    @Override
    public void declineMatch(MatchRequest request, StreamObserver<Match> answer) {
        Responses.send(answer, Answers.match(change(Requests.decline(caller(), request))));
    }

    @Override
    public void cancelMatch(MatchRequest request, StreamObserver<Match> answer) {
        Responses.send(answer, Answers.match(change(Requests.withdraw(caller(), request))));
    }

    private MatchSnapshot change(Command command) {
        claims.claim(caller());
        return dispatch(command);
    }

    @Override
    public void startSearch(StartSearchRequest request, StreamObserver<SearchStarted> answer) {
        UserId searcher = caller();
        positions.awaitCallPosition(CandidateProjection.PROCESSOR);
        SearchId earlier = claims.claim(searcher) ? repeatedSearch(searcher) : null;
        SearchId started = earlier == null ? start(searcher) : earlier;
        Responses.send(
                answer,
                SearchStarted.newBuilder().setSearchId(started.toString()).build());
    }

    private SearchId start(UserId searcher) {
        pool.requireSearchable(searcher);
        return commands.<SearchId>dispatch(new StartSearch(searcher, new SearchId(NewId.of("search"))))
                .result();
    }

    /** The search that the same request started before; none when that attempt did not come so far. */
    private @Nullable SearchId repeatedSearch(UserId searcher) {
        try {
            return commands.<@Nullable SearchId>dispatch(new RepeatSearch(searcher))
                    .result();
        } catch (AggregateNotFoundException neverSearched) {
            return null;
        }
    }

    @Override
    public void cancelSearch(CancelSearchRequest request, StreamObserver<SearchCancelled> answer) {
        claims.claim(caller());
        EndSearch cancellation = new EndSearch(caller(), null, MatchSearchEnded.Outcome.CANCELLED, null);
        SearchId cancelled =
                found(() -> commands.<SearchId>dispatch(cancellation).result(), DomainError.SEARCH_NOT_FOUND);
        Responses.send(
                answer,
                SearchCancelled.newBuilder().setSearchId(cancelled.toString()).build());
    }

    private MatchSnapshot dispatch(Command command) {
        return found(() -> commands.<MatchSnapshot>dispatch(command).result(), DomainError.MATCH_NOT_FOUND);
    }

    private static <T> T found(Supplier<T> call, DomainError otherwise) {
        try {
            return call.get();
        } catch (AggregateNotFoundException unknown) {
            throw new DomainException(otherwise);
        }
    }

    private static UserId caller() {
        return new UserId(Caller.currentUser());
    }
}
