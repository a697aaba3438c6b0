/** The events of a user. */
@NullMarked
package io.metachat.domain.user.event;

import org.jspecify.annotations.NullMarked;
