/** Unique names: a username or an e-mail address is held by one user, decided by the event store alone. */
@NullMarked
package io.metachat.domain.reservation;

import org.jspecify.annotations.NullMarked;
