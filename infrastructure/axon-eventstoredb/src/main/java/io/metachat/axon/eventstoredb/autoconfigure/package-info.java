/** Adds the event store to a Spring Boot application. */
@NullMarked
package io.metachat.axon.eventstoredb.autoconfigure;

import org.jspecify.annotations.NullMarked;
