/** Events to Kafka as CloudEvents, and CloudEvents from Kafka to handlers: what applications use. */
@NullMarked
package io.metachat.kafka.relay;

import org.jspecify.annotations.NullMarked;
