package io.metachat.user.login;

import io.metachat.domain.LoginId;
import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;
import io.metachat.domain.login.EndLogin;
import io.metachat.domain.login.LoginEnded;
import io.metachat.domain.login.LoginStarted;
import io.metachat.domain.login.RefreshTokenRotated;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.reservation.ConfirmName;
import io.metachat.domain.reservation.ReleaseName;
import io.metachat.domain.user.ForgetUser;
import io.metachat.domain.user.event.PasswordChanged;
import io.metachat.domain.user.event.UserForgotten;
import io.metachat.domain.user.event.UserRegistered;
import io.metachat.user.ReservedNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the {@link Credentials}, and finishes what a call that died may have left half done: names of a registered user
 * are confirmed, those of a forgotten one are given back, and logins end with the password that they were made with. All
 * events of one person are handled in order, so every login that was started before a password changed is known here.
 */
@ProcessingGroup(CredentialProjection.PROCESSOR)
class CredentialProjection {

    static final String PROCESSOR = "credentials";

    private static final Logger log = LoggerFactory.getLogger(CredentialProjection.class);

    private final Credentials credentials;
    private final FollowUps followUps;
    private final Clock clock;

    CredentialProjection(Credentials credentials, FollowUps followUps, Clock clock) {
        this.credentials = credentials;
        this.followUps = followUps;
        this.clock = clock;
    }

    @EventHandler
    void on(UserRegistered event, TrackingToken token) {
        putName(ReservationId.username(event.username()), event.userId(), position(token));
        putName(ReservationId.email(event.email()), event.userId(), position(token));
        credentials.putPassword(event.userId(), event.passwordHash(), position(token));
    }

    @EventHandler
    void on(PasswordChanged event, TrackingToken token) {
        credentials.putPassword(event.userId(), event.passwordHash(), position(token));
        endLogins(event.userId(), LoginEnded.Reason.PASSWORD_CHANGED, position(token));
    }

    @EventHandler
    void on(UserForgotten event, TrackingToken token) {
        credentials.removePassword(event.userId(), position(token));
        endLogins(event.userId(), LoginEnded.Reason.USER_FORGOTTEN, position(token));
        ReservedNames names = followUps.dispatch(new ForgetUser(event.userId()));
        release(names.username(), event.userId(), position(token));
        release(names.email(), event.userId(), position(token));
    }

    @EventHandler
    void on(LoginStarted event, TrackingToken token) {
        putLogin(event.userId(), event.loginId(), event.expiresAt(), token);
    }

    @EventHandler
    void on(RefreshTokenRotated event, TrackingToken token) {
        putLogin(event.userId(), event.loginId(), event.expiresAt(), token);
    }

    @EventHandler
    void on(LoginEnded event, TrackingToken token) {
        credentials.removeLogin(event.userId(), event.loginId(), position(token));
    }

    private void putLogin(UserId userId, LoginId loginId, Instant expiresAt, TrackingToken token) {
        Duration remaining = Duration.between(clock.instant(), expiresAt);
        if (!remaining.isNegative()) {
            credentials.putLogin(userId, loginId, remaining, position(token));
        }
    }

    /** Only those that this event has seen: a replay must not end what began later. */
    private void endLogins(UserId userId, LoginEnded.Reason reason, long position) {
        credentials.loginsBefore(userId, position).forEach(login -> followUps.dispatch(new EndLogin(login, reason)));
    }

    private void putName(ReservationId name, UserId userId, long position) {
        if (isConfirmed(name, userId)) {
            credentials.putName(name, userId, position);
        }
    }

    /**
     * Whether the name is the user's. It is not when the registration stood still for longer than a reservation holds
     * and somebody else took the name meanwhile, nor in a replay when it was given back later.
     */
    private boolean isConfirmed(ReservationId name, UserId userId) {
        try {
            followUps.dispatch(new ConfirmName(name, userId));
            return true;
        } catch (DomainException refused) {
            if (refused.error() != DomainError.USERNAME_TAKEN && refused.error() != DomainError.EMAIL_TAKEN) {
                throw refused;
            }
            log.info("A name of user {} is not theirs any more", userId);
            return false;
        }
    }

    /** The row first: with the name free, somebody else's may already be on its way. */
    private void release(ReservationId name, UserId owner, long position) {
        credentials.removeName(name, position);
        followUps.dispatch(new ReleaseName(name, owner));
    }

    private static long position(TrackingToken token) {
        return token.position().orElseThrow(() -> new IllegalStateException("An event of the store has a position"));
    }
}
