/** Pages of lists, and the opaque cursors that lead from one to the next. */
@NullMarked
package io.metachat.projections.page;

import org.jspecify.annotations.NullMarked;
