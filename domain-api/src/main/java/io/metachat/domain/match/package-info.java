/** Matches: proposals between two people that both accept or not, and the search that makes them. */
@NullMarked
package io.metachat.domain.match;

import org.jspecify.annotations.NullMarked;
