/** The diary: entries, sessions, and what the moods of its entries add up to. */
@NullMarked
package io.metachat.domain.diary;

import org.jspecify.annotations.NullMarked;
