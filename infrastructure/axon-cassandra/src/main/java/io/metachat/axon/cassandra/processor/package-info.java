/** Pooled streaming processors that wait for their stores, and what the module assumes about the inside of Axon. */
@NullMarked
package io.metachat.axon.cassandra.processor;

import org.jspecify.annotations.NullMarked;
