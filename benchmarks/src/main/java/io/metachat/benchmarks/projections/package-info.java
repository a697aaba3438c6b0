/** Measurements of the read side: how fast it is rebuilt, and what that costs those who read meanwhile. */
@NullMarked
package io.metachat.benchmarks.projections;

import org.jspecify.annotations.NullMarked;
