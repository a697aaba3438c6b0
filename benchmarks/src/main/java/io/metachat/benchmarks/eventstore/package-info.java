/** What the event store costs: Axon on EventStoreDB beside the bare client and beside Axon's own store on JDBC. */
@NullMarked
package io.metachat.benchmarks.eventstore;

import org.jspecify.annotations.NullMarked;
