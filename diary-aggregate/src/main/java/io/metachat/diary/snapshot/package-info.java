/** Keeping diaries at hand: when a snapshot is taken, and which diaries stay in memory. */
@NullMarked
package io.metachat.diary.snapshot;

import org.jspecify.annotations.NullMarked;
