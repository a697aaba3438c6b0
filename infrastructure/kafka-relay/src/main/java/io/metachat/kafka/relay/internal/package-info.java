/** The relay and the consumers. Not for use by applications. */
@NullMarked
package io.metachat.kafka.relay.internal;

import org.jspecify.annotations.NullMarked;
