/** A single-node server for EventStoreDB clients, which can be embedded, started from tests, or run alone. */
@NullMarked
package io.metachat.embedded.eventstoredb;

import org.jspecify.annotations.NullMarked;
