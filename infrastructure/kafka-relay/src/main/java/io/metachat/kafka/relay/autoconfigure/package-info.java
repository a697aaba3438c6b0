/** Adds the relay and the consumers to a Spring Boot application. */
@NullMarked
package io.metachat.kafka.relay.autoconfigure;

import org.jspecify.annotations.NullMarked;
