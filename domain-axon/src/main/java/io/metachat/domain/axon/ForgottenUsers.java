package io.metachat.domain.axon;

import io.metachat.domain.user.event.UserForgotten;
import io.metachat.service.security.Revocations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;

/**
 * Ends the access tokens of who is forgotten, a moment after the event: it is followed from as long ago as a token can
 * still be valid, and kept in memory for as long. Thread-safe.
 */
@ProcessingGroup(ForgottenUsers.PROCESSOR)
public final class ForgottenUsers implements Revocations {

    public static final String PROCESSOR = "forgotten-users";

    private final Map<UUID, Instant> forgotten = new ConcurrentHashMap<>();
    private final Duration tokenLifetime;
    private final Clock clock;

    /** @param tokenLifetime how long after its issue any token is believed */
    public ForgottenUsers(Duration tokenLifetime, Clock clock) {
        this.tokenLifetime = tokenLifetime;
        this.clock = clock;
    }

    /** From when on events matter: who was forgotten before has no valid token left. */
    public Instant since() {
        return clock.instant().minus(tokenLifetime);
    }

    @Override
    public boolean isRevoked(UUID userId) {
        return forgotten.containsKey(userId);
    }

    @EventHandler
    void on(UserForgotten event) {
        Instant since = since();
        forgotten.values().removeIf(then -> then.isBefore(since));
        if (!event.forgottenAt().isBefore(since)) {
            forgotten.put(event.userId().value(), event.forgottenAt());
        }
    }
}
