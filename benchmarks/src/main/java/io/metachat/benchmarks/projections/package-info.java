/** Measurements of the read side: the speed of a rebuild and its cost to readers. */
@NullMarked
package io.metachat.benchmarks.projections;

import org.jspecify.annotations.NullMarked;
