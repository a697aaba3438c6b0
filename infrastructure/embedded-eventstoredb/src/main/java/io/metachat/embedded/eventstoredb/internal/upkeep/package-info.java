/** Offline and background work on the log: scavenging and verification. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.upkeep;

import org.jspecify.annotations.NullMarked;
