package io.metachat.domain.reservation;

import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;

/** The owner is registered: the reservation no longer runs out. */
public record ConfirmName(ReservationId reservation, UserId owner) implements ReservationCommand {}
