/** Measurements as commands: each prints a table of what it measured in one run, and with what it is compared. */
@NullMarked
package io.metachat.benchmarks;

import org.jspecify.annotations.NullMarked;
