/** Rounds of work with their cost, and the tables that report them. */
@NullMarked
package io.metachat.benchmarks.measurement;

import org.jspecify.annotations.NullMarked;
