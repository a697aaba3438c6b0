package io.metachat.domain.reservation;

import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;

/** Give back a name whose registration was refused. A confirmed name stays. */
public record WithdrawName(ReservationId reservation, UserId owner) implements ReservationCommand {}
