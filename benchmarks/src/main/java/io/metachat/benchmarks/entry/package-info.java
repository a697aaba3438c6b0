/** The latency of a written entry, through a running system. */
@NullMarked
package io.metachat.benchmarks.entry;

import org.jspecify.annotations.NullMarked;
