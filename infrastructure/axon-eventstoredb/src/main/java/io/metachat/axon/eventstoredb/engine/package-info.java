/** The event store, its storage engine and their connection, for applications that build them without Spring. */
@NullMarked
package io.metachat.axon.eventstoredb.engine;

import org.jspecify.annotations.NullMarked;
