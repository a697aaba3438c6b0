/** Pages of lists, the opaque cursors that lead from one to the next, and times in answers. */
@NullMarked
package io.metachat.projections.page;

import org.jspecify.annotations.NullMarked;
