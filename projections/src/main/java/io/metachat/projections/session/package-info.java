/** Diary sessions. */
@NullMarked
package io.metachat.projections.session;

import org.jspecify.annotations.NullMarked;
