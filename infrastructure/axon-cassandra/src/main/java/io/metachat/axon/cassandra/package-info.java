/** Axon Framework 4's stores on Apache Cassandra: the connection that they share, and its extension points. */
@NullMarked
package io.metachat.axon.cassandra;

import org.jspecify.annotations.NullMarked;
