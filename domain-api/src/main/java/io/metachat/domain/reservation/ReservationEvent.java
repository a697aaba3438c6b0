package io.metachat.domain.reservation;

import io.metachat.domain.DomainEvent;
import io.metachat.domain.ReservationId;

/** A fact about a name. */
public sealed interface ReservationEvent extends DomainEvent permits NameReserved, NameConfirmed, NameReleased {

    ReservationId reservation();
}
