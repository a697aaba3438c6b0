/** Publishing events to Kafka as CloudEvents and consuming them: the types that applications use. */
@NullMarked
package io.metachat.kafka.relay;

import org.jspecify.annotations.NullMarked;
