/** Matches as each of the two sees them, and the search that makes them. */
@NullMarked
package io.metachat.projections.match;

import org.jspecify.annotations.NullMarked;
