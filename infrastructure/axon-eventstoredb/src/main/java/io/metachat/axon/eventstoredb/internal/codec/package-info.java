/** Axon messages as EventStoreDB events, and back. */
@NullMarked
package io.metachat.axon.eventstoredb.internal.codec;

import org.jspecify.annotations.NullMarked;
