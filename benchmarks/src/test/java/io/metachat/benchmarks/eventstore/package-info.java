/** Tests of what the event-store benchmarks lean on. */
@NullMarked
package io.metachat.benchmarks.eventstore;

import org.jspecify.annotations.NullMarked;
