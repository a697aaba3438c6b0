package io.metachat.domain.reservation;

import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;

/** Take a free name for a user who is about to register. Repeating it for the same owner changes nothing. */
public record ReserveName(ReservationId reservation, UserId owner) implements ReservationCommand {}
