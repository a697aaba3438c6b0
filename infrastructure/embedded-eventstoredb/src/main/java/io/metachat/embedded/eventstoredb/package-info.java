/** A single-node server that the EventStoreDB clients talk to, to embed, to start from tests and to run alone. */
@NullMarked
package io.metachat.embedded.eventstoredb;

import org.jspecify.annotations.NullMarked;
