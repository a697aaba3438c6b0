package io.metachat.user.login;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.metachat.domain.LoginId;
import io.metachat.domain.UserId;
import io.metachat.domain.login.EndLogin;
import io.metachat.domain.login.LoginEnded;
import io.metachat.domain.login.LoginStarted;
import io.metachat.domain.login.RefreshTokenRotated;
import io.metachat.domain.login.RotateRefreshToken;
import io.metachat.domain.login.StartLogin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * A login: the family of refresh tokens that descend from one sign-in, of which only the last is valid. One that was
 * exchanged before and comes again means that somebody else has a copy: the whole family ends (RFC 9700, section 4.14.2).
 */
@Aggregate(commandTargetResolver = "domainCommandTargetResolver")
public final class Login {

    /** However often it is refreshed, a sign-in does not last longer, and its stream does not grow without end. */
    static final Duration LONGEST = Duration.ofDays(90);

    @AggregateIdentifier
    private @Nullable String stream;

    private @Nullable LoginId id;
    private @Nullable UserId userId;
    private @Nullable String current;
    private @Nullable Instant startedAt;
    private @Nullable Instant expiresAt;
    private final Set<String> exchanged = new HashSet<>();
    private boolean ended;

    /** For loading from events. */
    Login() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(StartLogin command, Clock clock) {
        // An append whose outcome was never seen is tried again.
        if (id == null) {
            apply(new LoginStarted(
                    command.loginId(), command.userId(), command.tokenHash(), clock.instant(), command.expiresAt()));
        }
    }

    @CommandHandler
    RotationOutcome handle(RotateRefreshToken command, Clock clock) {
        Instant now = clock.instant();
        if (ended || id == null || userId == null || startedAt == null || expiresAt == null) {
            return RotationOutcome.refused();
        }
        if (command.presentedHash().equals(current)) {
            if (!now.isBefore(expiresAt)) {
                return RotationOutcome.refused();
            }
            Instant until = earlier(command.expiresAt(), startedAt.plus(LONGEST));
            apply(new RefreshTokenRotated(id, userId, command.nextHash(), now, until));
            return RotationOutcome.rotated(userId, until);
        }
        if (exchanged.contains(command.presentedHash())) {
            // The same exchange again, whose answer was lost: its successor follows from a key that a thief lacks.
            if (command.nextHash().equals(current)) {
                return RotationOutcome.rotated(userId, expiresAt);
            }
            apply(new LoginEnded(id, userId, LoginEnded.Reason.TOKEN_REUSED, now));
        }
        return RotationOutcome.refused();
    }

    @CommandHandler
    void handle(EndLogin command, Clock clock) {
        if (!ended && id != null && userId != null) {
            apply(new LoginEnded(id, userId, command.reason(), clock.instant()));
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    @EventSourcingHandler
    void on(LoginStarted event) {
        stream = event.loginId().stream();
        id = event.loginId();
        userId = event.userId();
        current = event.tokenHash();
        startedAt = event.startedAt();
        expiresAt = event.expiresAt();
    }

    @EventSourcingHandler
    void on(RefreshTokenRotated event) {
        if (current != null) {
            exchanged.add(current);
        }
        current = event.tokenHash();
        expiresAt = event.expiresAt();
    }

    @EventSourcingHandler
    void on(LoginEnded event) {
        ended = true;
    }
}
