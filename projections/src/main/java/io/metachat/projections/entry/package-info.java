/** Entries with their moods: by id, and in lists by time, tag and session. */
@NullMarked
package io.metachat.projections.entry;

import org.jspecify.annotations.NullMarked;
