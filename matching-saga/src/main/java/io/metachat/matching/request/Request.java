package io.metachat.matching.request;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.request.ClaimRequest;
import io.metachat.domain.request.RepeatRequest;
import io.metachat.domain.request.RequestClaimed;
import java.time.Clock;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * The request that a user's idempotency key stands for. Its stream is named after user and key, so the event store lets one
 * request have the key.
 */
@Aggregate(commandTargetResolver = "domainCommandTargetResolver")
public final class Request {

    @AggregateIdentifier
    private @Nullable String stream;

    private @Nullable String fingerprint;

    /** A key that no request has claimed yet. */
    Request() {}

    /** @return whether the same request has claimed the key before */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(ClaimRequest command, Clock clock) {
        if (fingerprint == null) {
            apply(new RequestClaimed(command.requestId(), command.userId(), command.fingerprint(), clock.instant()));
            return false;
        }
        return isSame(command.fingerprint());
    }

    /** @return true: only a claimed key has a stream */
    @CommandHandler
    boolean handle(RepeatRequest command) {
        return isSame(command.fingerprint());
    }

    private boolean isSame(String other) {
        if (!other.equals(fingerprint)) {
            throw new DomainException(DomainError.IDEMPOTENCY_KEY_REUSED);
        }
        return true;
    }

    @EventSourcingHandler
    void on(RequestClaimed event) {
        stream = event.requestId().stream();
        fingerprint = event.fingerprint();
    }
}
