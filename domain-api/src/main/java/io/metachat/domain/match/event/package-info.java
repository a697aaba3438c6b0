/** The events of a match. */
@NullMarked
package io.metachat.domain.match.event;

import org.jspecify.annotations.NullMarked;
