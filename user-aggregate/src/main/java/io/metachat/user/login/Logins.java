package io.metachat.user.login;

import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;
import io.metachat.domain.login.EndLogin;
import io.metachat.domain.login.LoginEnded;
import io.metachat.domain.login.RotateRefreshToken;
import io.metachat.domain.login.StartLogin;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.service.command.CommandDispatcher;
import io.metachat.service.position.PositionAwaiter;
import io.metachat.service.security.AccessTokens;
import io.metachat.user.UserProperties;
import io.metachat.user.login.Credentials.Known;
import io.metachat.user.password.BoundedPasswordEncoder;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.springframework.stereotype.Service;

/** Signing in, staying signed in, signing out. */
@Service
public class Logins {

    /** Who tokens are issued to: MetaChat's own API has one client. */
    private static final String CLIENT = "metachat";

    private final Credentials credentials;
    private final BoundedPasswordEncoder passwords;
    private final CommandDispatcher commands;
    private final AccessTokens accessTokens;
    private final PositionAwaiter positions;
    private final UserProperties properties;
    private final Clock clock;

    Logins(
            Credentials credentials,
            BoundedPasswordEncoder passwords,
            CommandDispatcher commands,
            AccessTokens accessTokens,
            PositionAwaiter positions,
            UserProperties properties,
            Clock clock) {
        this.credentials = credentials;
        this.passwords = passwords;
        this.commands = commands;
        this.accessTokens = accessTokens;
        this.positions = positions;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Signs somebody in by e-mail address or username. Nobody and a wrong password are answered alike, and in the same
     * time.
     *
     * @throws DomainException {@link DomainError#BAD_CREDENTIALS}
     */
    public TokenPair signIn(String login, String password) {
        positions.awaitCallPosition(CredentialProjection.PROCESSOR);
        Optional<Known> known =
                credentials.find(login.contains("@") ? ReservationId.email(login) : ReservationId.username(login));
        return start(verified(known, password));
    }

    /** Signs in somebody who has just proved who they are. */
    public TokenPair start(UserId userId) {
        RefreshToken token = RefreshToken.first();
        Instant expiresAt = refreshExpiry();
        commands.dispatchUnkeyed(new StartLogin(token.loginId(), userId, token.hash(), expiresAt));
        return pair(userId, token, expiresAt);
    }

    /**
     * Exchanges a refresh token.
     *
     * @param idempotencyKey with it, a repetition of the same call gets the same successor, and is not taken for a thief
     * @throws DomainException {@link DomainError#REFRESH_TOKEN_INVALID}
     */
    public TokenPair refresh(String refreshToken, Optional<String> idempotencyKey) {
        RefreshToken presented = RefreshToken.parse(refreshToken);
        RefreshToken next =
                idempotencyKey.map(presented::successor).orElseGet(() -> RefreshToken.next(presented.loginId()));
        RotationOutcome outcome = rotate(presented, next);
        if (outcome.userId() == null || outcome.expiresAt() == null) {
            throw new DomainException(DomainError.REFRESH_TOKEN_INVALID);
        }
        return pair(outcome.userId(), next, outcome.expiresAt());
    }

    /** Ends the login that the token belongs to; a token that is not valid ends nothing. */
    public void signOut(String refreshToken) {
        RefreshToken presented = RefreshToken.parse(refreshToken);
        // Whoever can exchange a token holds it: knowing a login's id must not be enough to end it.
        RotationOutcome outcome = rotate(presented, RefreshToken.next(presented.loginId()));
        if (outcome.userId() != null) {
            commands.dispatchUnkeyed(new EndLogin(presented.loginId(), LoginEnded.Reason.LOGGED_OUT));
        }
    }

    /** Whether it is the user's password. */
    boolean isPassword(UserId userId, String password) {
        positions.awaitCallPosition(CredentialProjection.PROCESSOR);
        return credentials
                .find(userId)
                .filter(known -> passwords.matches(password, known.passwordHash()))
                .isPresent();
    }

    private UserId verified(Optional<Known> known, String password) {
        if (known.isEmpty()) {
            passwords.matchNobody(password);
            throw new DomainException(DomainError.BAD_CREDENTIALS);
        }
        if (!passwords.matches(password, known.get().passwordHash())) {
            throw new DomainException(DomainError.BAD_CREDENTIALS);
        }
        return known.get().userId();
    }

    private RotationOutcome rotate(RefreshToken presented, RefreshToken next) {
        try {
            return commands.<RotationOutcome>dispatchUnkeyed(
                            new RotateRefreshToken(presented.loginId(), presented.hash(), next.hash(), refreshExpiry()))
                    .result();
        } catch (AggregateNotFoundException e) {
            return RotationOutcome.refused();
        }
    }

    private TokenPair pair(UserId userId, RefreshToken refresh, Instant expiresAt) {
        return new TokenPair(userId, accessTokens.issue(userId.value(), Set.of(), CLIENT), refresh, expiresAt);
    }

    private Instant refreshExpiry() {
        return clock.instant().plus(properties.refreshTokenLifetime());
    }
}
