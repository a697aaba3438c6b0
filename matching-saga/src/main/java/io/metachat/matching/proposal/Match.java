package io.metachat.matching.proposal;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.metachat.domain.MatchId;
import io.metachat.domain.UserId;
import io.metachat.domain.UserPair;
import io.metachat.domain.axon.keyed.KeyedAnswers;
import io.metachat.domain.match.AcceptMatch;
import io.metachat.domain.match.CancelMatch;
import io.metachat.domain.match.DeclineMatch;
import io.metachat.domain.match.ExpireMatch;
import io.metachat.domain.match.ProposeMatch;
import io.metachat.domain.match.RepeatProposal;
import io.metachat.domain.match.event.MatchAccepted;
import io.metachat.domain.match.event.MatchCancelled;
import io.metachat.domain.match.event.MatchDeclined;
import io.metachat.domain.match.event.MatchEstablished;
import io.metachat.domain.match.event.MatchExpired;
import io.metachat.domain.match.event.MatchProposed;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import java.time.Clock;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateMember;
import org.axonframework.modelling.command.CommandHandlerInterceptor;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * One proposal between two people. Its id is derived from the pair and the round, so that whoever asks first, both
 * sides' proposals meet here.
 */
@Aggregate(commandTargetResolver = "domainCommandTargetResolver")
public final class Match {

    @AggregateIdentifier
    private @Nullable String stream;

    private @Nullable MatchProposed proposed;
    private @Nullable MatchState state;
    private final Set<UserId> acceptedBy = new HashSet<>();

    @AggregateMember
    private final KeyedAnswers answers = new KeyedAnswers();

    /** A proposal that was not made yet. */
    Match() {}

    /** A repetition is answered with the match as it is now. */
    @CommandHandlerInterceptor
    @Nullable
    Object answer(CommandMessage<?> command, InterceptorChain chain) throws Exception {
        return answers.answer(command, chain, sequence -> snapshot());
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    MatchSnapshot handle(ProposeMatch command, Clock clock) {
        boolean direct = command.searchId() == null;
        if (state == null) {
            apply(new MatchProposed(
                    command.matchId(),
                    command.pair(),
                    command.proposedBy(),
                    command.round(),
                    command.score(),
                    command.searchId(),
                    clock.instant(),
                    command.expiresAt()));
        } else if (state == MatchState.ESTABLISHED) {
            throw new DomainException(DomainError.ALREADY_MATCHED);
        } else {
            requireOpen();
        }
        if (direct) {
            acceptBy(command.proposedBy(), clock);
        }
        return snapshot();
    }

    /**
     * Runs only for an unknown key: {@link KeyedAnswers} answers a known one with the match as it is now.
     *
     * @return {@code null}
     */
    @CommandHandler
    @Nullable
    MatchSnapshot handle(RepeatProposal command) {
        return null;
    }

    @CommandHandler
    MatchSnapshot handle(AcceptMatch command, Clock clock) {
        requireParticipant(command.userId());
        if (!(state == MatchState.ESTABLISHED && acceptedBy.contains(command.userId()))) {
            requireOpen();
            acceptBy(command.userId(), clock);
        }
        return snapshot();
    }

    @CommandHandler
    MatchSnapshot handle(DeclineMatch command, Clock clock) {
        requireParticipant(command.userId());
        if (state != MatchState.DECLINED) {
            requireOpen();
            apply(new MatchDeclined(id(), users(), command.userId(), clock.instant()));
        }
        return snapshot();
    }

    /** Only the proposer may withdraw; the system may withdraw a proposal on behalf of either side. */
    @CommandHandler
    MatchSnapshot handle(CancelMatch command, Clock clock) {
        requireParticipant(command.userId());
        boolean withdrawal = command.reason() == MatchCancelled.Reason.WITHDRAWN;
        if (state != MatchState.CANCELLED) {
            if (withdrawal && !proposed().proposedBy().equals(command.userId())) {
                throw new DomainException(DomainError.MATCH_NOT_FOUND);
            }
            requireOpen();
            apply(new MatchCancelled(id(), users(), command.userId(), command.reason(), clock.instant()));
        }
        return snapshot();
    }

    /** The deadline may fire more than once, and after an answer: then it changes nothing. */
    @CommandHandler
    void handle(ExpireMatch command, Clock clock) {
        if (state == MatchState.PROPOSED) {
            apply(new MatchExpired(id(), users(), clock.instant()));
        }
    }

    private void acceptBy(UserId user, Clock clock) {
        if (acceptedBy.contains(user)) {
            return;
        }
        apply(new MatchAccepted(id(), users(), user, clock.instant()));
        if (acceptedBy.contains(users().first()) && acceptedBy.contains(users().second())) {
            apply(new MatchEstablished(id(), users(), clock.instant()));
        }
    }

    private void requireParticipant(UserId user) {
        if (!users().contains(user)) {
            throw new DomainException(DomainError.MATCH_NOT_FOUND);
        }
    }

    private void requireOpen() {
        if (state != MatchState.PROPOSED) {
            throw new DomainException(DomainError.MATCH_NOT_OPEN);
        }
    }

    private MatchSnapshot snapshot() {
        MatchProposed proposal = proposed();
        return new MatchSnapshot(
                proposal.matchId(),
                Objects.requireNonNull(state),
                proposal.users(),
                proposal.proposedBy(),
                acceptedBy,
                proposal.score(),
                proposal.proposedAt(),
                proposal.expiresAt());
    }

    private MatchProposed proposed() {
        return Objects.requireNonNull(proposed);
    }

    private MatchId id() {
        return proposed().matchId();
    }

    private UserPair users() {
        return proposed().users();
    }

    @EventSourcingHandler
    void on(MatchProposed event) {
        stream = event.matchId().stream();
        proposed = event;
        state = MatchState.PROPOSED;
    }

    @EventSourcingHandler
    void on(MatchAccepted event) {
        acceptedBy.add(event.acceptedBy());
    }

    @EventSourcingHandler
    void on(MatchEstablished event) {
        state = MatchState.ESTABLISHED;
    }

    @EventSourcingHandler
    void on(MatchDeclined event) {
        state = MatchState.DECLINED;
    }

    @EventSourcingHandler
    void on(MatchCancelled event) {
        state = MatchState.CANCELLED;
    }

    @EventSourcingHandler
    void on(MatchExpired event) {
        state = MatchState.EXPIRED;
    }
}
