/** How the relay works; no application uses it directly. */
@NullMarked
package io.metachat.kafka.relay.internal;

import org.jspecify.annotations.NullMarked;
