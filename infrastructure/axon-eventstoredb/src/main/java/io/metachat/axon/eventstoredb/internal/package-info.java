/** How the engine talks to EventStoreDB: connection, appends, reads, subscriptions. Not for use by applications. */
@NullMarked
package io.metachat.axon.eventstoredb.internal;

import org.jspecify.annotations.NullMarked;
