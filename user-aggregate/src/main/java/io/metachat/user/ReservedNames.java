package io.metachat.user;

import io.metachat.domain.ReservationId;

/** The unique names that a user holds. */
public record ReservedNames(ReservationId username, ReservationId email) {}
