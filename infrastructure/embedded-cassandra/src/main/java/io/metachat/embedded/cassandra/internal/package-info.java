/** How the server is configured and asked; not for use from outside. */
@NullMarked
package io.metachat.embedded.cassandra.internal;

import org.jspecify.annotations.NullMarked;
