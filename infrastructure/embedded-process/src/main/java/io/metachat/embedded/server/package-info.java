/** A server of another project in a JVM of its own: its jars, its data directory, its ports and its configuration. */
@NullMarked
package io.metachat.embedded.server;

import org.jspecify.annotations.NullMarked;
