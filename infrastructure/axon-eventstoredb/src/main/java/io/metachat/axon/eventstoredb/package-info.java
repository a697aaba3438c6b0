/** The terms of an Axon Framework 4 event store on EventStoreDB: names, types, settings and errors. Depends on no other package here. */
@NullMarked
package io.metachat.axon.eventstoredb;

import org.jspecify.annotations.NullMarked;
