package io.metachat.matching.candidate;

import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.domain.diary.event.MoodProfileShifted;
import io.metachat.domain.match.event.MatchCancelled;
import io.metachat.domain.match.event.MatchDeclined;
import io.metachat.domain.match.event.MatchEstablished;
import io.metachat.domain.match.event.MatchExpired;
import io.metachat.domain.match.event.MatchProposed;
import io.metachat.domain.user.event.MatchingPreferencesChanged;
import io.metachat.domain.user.event.ProfileUpdated;
import io.metachat.domain.user.event.UserBlocked;
import io.metachat.domain.user.event.UserForgotten;
import io.metachat.domain.user.event.UserRegistered;
import io.metachat.domain.user.event.UserUnblocked;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.stereotype.Component;

/**
 * Folds events into the {@link CandidatePool}. The pool lives in memory, so every instance reads the whole store when
 * it starts and then follows it, in one segment and in order.
 */
@Component
@ProcessingGroup(CandidateProjection.PROCESSOR)
public class CandidateProjection {

    /** The name of the streaming processor. */
    public static final String PROCESSOR = "candidates";

    private final CandidatePool pool;

    CandidateProjection(CandidatePool pool) {
        this.pool = pool;
    }

    @EventHandler
    void on(UserRegistered event) {
        pool.change(
                event.userId(),
                person -> person.named(
                        event.username(),
                        event.profile().displayName(),
                        event.profile().dateOfBirth()));
    }

    @EventHandler
    void on(ProfileUpdated event) {
        pool.change(
                event.userId(),
                person -> person.described(
                        event.profile().displayName(), event.profile().dateOfBirth()));
    }

    @EventHandler
    void on(MatchingPreferencesChanged event) {
        pool.change(event.userId(), person -> person.preferring(event.preferences()));
    }

    @EventHandler
    void on(UserBlocked event) {
        pool.change(event.userId(), person -> person.blocking(event.blocked()));
    }

    @EventHandler
    void on(UserUnblocked event) {
        pool.change(event.userId(), person -> person.unblocking(event.blocked()));
    }

    @EventHandler
    void on(UserForgotten event) {
        pool.forget(event.userId());
    }

    @EventHandler
    void on(EntryWritten event) {
        pool.change(event.userId(), person -> person.wroteAt(event.writtenAt()));
    }

    @EventHandler
    void on(MoodProfileShifted event) {
        pool.change(event.userId(), person -> person.feeling(event.profile()));
    }

    @EventHandler
    void on(MatchProposed event) {
        pool.propose(event.users(), event.matchId(), event.round(), event.proposedAt());
    }

    @EventHandler
    void on(MatchEstablished event) {
        pool.conclude(event.users(), event.matchId(), Pairing.State.ESTABLISHED);
    }

    @EventHandler
    void on(MatchDeclined event) {
        pool.conclude(event.users(), event.matchId(), Pairing.State.DECLINED);
    }

    @EventHandler
    void on(MatchCancelled event) {
        pool.conclude(event.users(), event.matchId(), Pairing.State.LAPSED);
    }

    @EventHandler
    void on(MatchExpired event) {
        pool.conclude(event.users(), event.matchId(), Pairing.State.LAPSED);
    }
}
