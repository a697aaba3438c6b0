/** Rebuilding a projection while it is read: fill another version, switch, drop the one before. */
@NullMarked
package io.metachat.projections.rebuild;

import org.jspecify.annotations.NullMarked;
