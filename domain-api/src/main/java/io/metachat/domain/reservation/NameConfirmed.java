package io.metachat.domain.reservation;

import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;
import java.time.Instant;

/** The owner of the name exists. */
public record NameConfirmed(ReservationId reservation, UserId owner, Instant confirmedAt) implements ReservationEvent {}
