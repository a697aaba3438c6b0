/** Mood: what an analysis says of one entry, and what many of them add up to. */
@NullMarked
package io.metachat.domain.mood;

import org.jspecify.annotations.NullMarked;
