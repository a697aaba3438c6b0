/** Deadlines of sagas and aggregates, delivered by any node of an application. */
@NullMarked
package io.metachat.axon.cassandra.deadline;

import org.jspecify.annotations.NullMarked;
