/** How far projections have come, and reads that wait for it. */
@NullMarked
package io.metachat.projections.position;

import org.jspecify.annotations.NullMarked;
