/** The cost of Axon's stores on Cassandra in requests to the server, compared with in-memory stores. */
@NullMarked
package io.metachat.benchmarks.cassandra;

import org.jspecify.annotations.NullMarked;
