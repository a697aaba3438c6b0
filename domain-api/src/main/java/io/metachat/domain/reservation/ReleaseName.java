package io.metachat.domain.reservation;

import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;

/** Give a name back because its user was forgotten. A name of another owner stays. */
public record ReleaseName(ReservationId reservation, UserId owner) implements ReservationCommand {}
