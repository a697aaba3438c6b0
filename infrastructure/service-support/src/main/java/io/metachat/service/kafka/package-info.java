/** What ties the Kafka relay to the rest of a service. */
@NullMarked
package io.metachat.service.kafka;

import org.jspecify.annotations.NullMarked;
