/** The saga store, and sagas that park the events they fail on. */
@NullMarked
package io.metachat.axon.cassandra.saga;

import org.jspecify.annotations.NullMarked;
