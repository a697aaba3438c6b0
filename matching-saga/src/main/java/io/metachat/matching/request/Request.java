package io.metachat.matching.request;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.request.ClaimRequest;
import io.metachat.domain.request.RequestClaimed;
import java.time.Clock;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** What a user's idempotency key stands for. Its stream is named by both, so the event store lets one request have it. */
@Aggregate(commandTargetResolver = "domainCommandTargetResolver")
public class Request {

    @AggregateIdentifier
    private @Nullable String stream;

    private @Nullable String fingerprint;

    /** A key that was never used. */
    protected Request() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void claim(ClaimRequest command, Clock clock) {
        if (fingerprint == null) {
            apply(new RequestClaimed(command.requestId(), command.userId(), command.fingerprint(), clock.instant()));
        } else if (!fingerprint.equals(command.fingerprint())) {
            throw new DomainException(DomainError.IDEMPOTENCY_KEY_REUSED);
        }
    }

    @EventSourcingHandler
    void on(RequestClaimed event) {
        stream = event.requestId().stream();
        fingerprint = event.fingerprint();
    }
}
