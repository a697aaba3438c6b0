/** The dead-letter queues, and the policy that decides which events they park. */
@NullMarked
package io.metachat.axon.cassandra.deadletter;

import org.jspecify.annotations.NullMarked;
