/** An Axon Framework 4 event store on EventStoreDB: what an application configures, calls and catches. */
@NullMarked
package io.metachat.axon.eventstoredb;

import org.jspecify.annotations.NullMarked;
