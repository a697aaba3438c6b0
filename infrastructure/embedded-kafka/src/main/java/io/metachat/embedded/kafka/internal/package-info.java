/** How the server is configured and asked; not for use from outside. */
@NullMarked
package io.metachat.embedded.kafka.internal;

import org.jspecify.annotations.NullMarked;
