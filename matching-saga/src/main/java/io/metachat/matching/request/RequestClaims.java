package io.metachat.matching.request;

import io.metachat.domain.RequestId;
import io.metachat.domain.UserId;
import io.metachat.domain.request.ClaimRequest;
import io.metachat.service.call.CallContext;
import io.metachat.service.call.Idempotency;
import io.metachat.service.command.CommandDispatcher;
import org.springframework.stereotype.Component;

/** Binds each idempotency key to the request that it was first sent with. Thread-safe. */
@Component
public final class RequestClaims {

    private final CommandDispatcher commands;

    RequestClaims(CommandDispatcher commands) {
        this.commands = commands;
    }

    /**
     * Claims the key of the call that is being served, if it has one; to be called before anything is changed.
     *
     * @return whether the caller has sent this request with this key before
     * @throws io.metachat.domain.refusal.DomainException {@link io.metachat.domain.refusal.DomainError#IDEMPOTENCY_KEY_REUSED} when the
     *     caller sent it with another request before
     */
    public boolean claim(UserId caller) {
        return CallContext.current()
                .idempotency()
                .map(key -> claim(caller, key))
                .orElse(false);
    }

    private boolean claim(UserId caller, Idempotency key) {
        ClaimRequest claim = new ClaimRequest(RequestId.of(caller, key.key()), caller, key.fingerprint());
        return commands.<Boolean>dispatchUnkeyed(claim).result();
    }
}
