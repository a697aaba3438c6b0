package io.metachat.user.registration;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.reservation.ConfirmName;
import io.metachat.domain.reservation.NameConfirmed;
import io.metachat.domain.reservation.NameReleased;
import io.metachat.domain.reservation.NameReserved;
import io.metachat.domain.reservation.ReleaseName;
import io.metachat.domain.reservation.ReserveName;
import io.metachat.domain.reservation.WithdrawName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * A unique name: a username or an e-mail address. Its stream is its name, so of a hundred people who want it at once
 * the event store lets one append; nothing is looked up beforehand that could be out of date.
 */
@Aggregate(commandTargetResolver = "domainCommandTargetResolver")
public final class NameReservation {

    /** How long a registration may take from its first name to its end, retries included. */
    static final Duration UNCONFIRMED = Duration.ofMinutes(10);

    @AggregateIdentifier
    private @Nullable String stream;

    private @Nullable UserId owner;
    private @Nullable Instant expiresAt;

    /** A name that nobody wanted before. */
    NameReservation() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReserveName command, Clock clock) {
        Instant now = clock.instant();
        if (isHeldAt(now) && !command.owner().equals(owner)) {
            throw new DomainException(taken(command.reservation()));
        }
        if (isConfirmed() && command.owner().equals(owner)) {
            return;
        }
        // The owner of an unconfirmed one starts anew: the attempt before may have died.
        apply(new NameReserved(command.reservation(), command.owner(), now, now.plus(UNCONFIRMED)));
    }

    /** Refused when the reservation has run out and somebody else holds the name by now. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ConfirmName command, Clock clock) {
        if (!command.owner().equals(owner)) {
            throw new DomainException(taken(command.reservation()));
        }
        if (!isConfirmed()) {
            apply(new NameConfirmed(command.reservation(), command.owner(), clock.instant()));
        }
    }

    /** A confirmed name is a registered user's, and stays. */
    @CommandHandler
    void handle(WithdrawName command, Clock clock) {
        if (command.owner().equals(owner) && !isConfirmed()) {
            apply(new NameReleased(command.reservation(), command.owner(), clock.instant()));
        }
    }

    @CommandHandler
    void handle(ReleaseName command, Clock clock) {
        if (command.owner().equals(owner)) {
            apply(new NameReleased(command.reservation(), command.owner(), clock.instant()));
        }
    }

    private boolean isHeldAt(Instant now) {
        return owner != null && (expiresAt == null || now.isBefore(expiresAt));
    }

    private boolean isConfirmed() {
        return owner != null && expiresAt == null;
    }

    private static DomainError taken(ReservationId reservation) {
        return switch (reservation.kind()) {
            case USERNAME -> DomainError.USERNAME_TAKEN;
            case EMAIL -> DomainError.EMAIL_TAKEN;
        };
    }

    @EventSourcingHandler
    void on(NameReserved event) {
        stream = event.reservation().stream();
        owner = event.owner();
        expiresAt = event.expiresAt();
    }

    @EventSourcingHandler
    void on(NameConfirmed event) {
        expiresAt = null;
    }

    @EventSourcingHandler
    void on(NameReleased event) {
        owner = null;
        expiresAt = null;
    }
}
