/** Measurements as commands. Each prints one table that compares contenders within one run. */
@NullMarked
package io.metachat.benchmarks;

import org.jspecify.annotations.NullMarked;
