/** Axon Framework 4's stores on Apache Cassandra, and the connection they share. */
@NullMarked
package io.metachat.axon.cassandra;

import org.jspecify.annotations.NullMarked;
