/** What a projection is: tables, and what each event writes to them. */
@NullMarked
package io.metachat.projections.projection;

import org.jspecify.annotations.NullMarked;
