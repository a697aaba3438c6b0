/** Moods: of one entry, over time, and the portrait that they add up to. */
@NullMarked
package io.metachat.projections.mood;

import org.jspecify.annotations.NullMarked;
