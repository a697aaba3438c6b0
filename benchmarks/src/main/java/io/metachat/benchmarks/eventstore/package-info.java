/** The cost of the event store: Axon on EventStoreDB compared with the bare client and with Axon's own store on JDBC. */
@NullMarked
package io.metachat.benchmarks.eventstore;

import org.jspecify.annotations.NullMarked;
