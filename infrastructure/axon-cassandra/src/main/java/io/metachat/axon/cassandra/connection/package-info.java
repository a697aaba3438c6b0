/** The supervised session, and the statements that all stores run on it. */
@NullMarked
package io.metachat.axon.cassandra.connection;

import org.jspecify.annotations.NullMarked;
