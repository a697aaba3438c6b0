package io.metachat.domain.reservation;

import io.metachat.domain.ReservationId;
import io.metachat.domain.UserId;
import java.time.Instant;

/**
 * A name was taken for a user.
 *
 * @param expiresAt when the name is free again unless it was confirmed: a registration that died half-way must not
 *     hold a name for ever
 */
public record NameReserved(ReservationId reservation, UserId owner, Instant reservedAt, Instant expiresAt)
        implements ReservationEvent {}
