/**
 * Persistent subscriptions: groups of consumers that share the events of a stream. The server stores their progress.
 */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.group;

import org.jspecify.annotations.NullMarked;
