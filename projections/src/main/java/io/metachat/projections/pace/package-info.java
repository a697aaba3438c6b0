/** How fast a rebuild goes beside those who read. */
@NullMarked
package io.metachat.projections.pace;

import org.jspecify.annotations.NullMarked;
