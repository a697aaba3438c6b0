package io.metachat.domain.reservation;

import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;

/** Give a name back: the registration failed, or the user was forgotten. Not the owner's: changes nothing. */
public record ReleaseName(ReservationId reservation, UserId owner) implements ReservationCommand {}
