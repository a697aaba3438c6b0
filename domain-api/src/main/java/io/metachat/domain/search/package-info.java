/** A user's search for a match: its commands and events. */
@NullMarked
package io.metachat.domain.search;

import org.jspecify.annotations.NullMarked;
