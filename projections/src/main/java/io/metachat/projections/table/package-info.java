/** Projections, the tables that they write, and reading and writing rows of a version. */
@NullMarked
package io.metachat.projections.table;

import org.jspecify.annotations.NullMarked;
