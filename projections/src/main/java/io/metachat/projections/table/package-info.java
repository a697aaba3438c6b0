/** Tables of read models, whose every write and delete carries an event's position by construction. */
@NullMarked
package io.metachat.projections.table;

import org.jspecify.annotations.NullMarked;
