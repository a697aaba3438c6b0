package io.metachat.domain.reservation;

import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;
import java.time.Instant;

/** The name is free again. */
public record NameReleased(ReservationId reservation, UserId owner, Instant releasedAt) implements ReservationEvent {}
