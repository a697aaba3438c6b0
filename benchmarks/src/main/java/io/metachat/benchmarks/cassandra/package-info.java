/** What Axon's stores on Cassandra cost, in requests to the server and beside stores that cost none. */
@NullMarked
package io.metachat.benchmarks.cassandra;

import org.jspecify.annotations.NullMarked;
