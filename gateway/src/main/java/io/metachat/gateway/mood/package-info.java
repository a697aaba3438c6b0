/** Moods: of single entries, over time, and the portrait. */
@NullMarked
package io.metachat.gateway.mood;

import org.jspecify.annotations.NullMarked;
