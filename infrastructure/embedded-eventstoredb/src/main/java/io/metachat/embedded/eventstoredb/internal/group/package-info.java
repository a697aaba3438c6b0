/** Persistent subscriptions: groups of consumers that share the events of a stream, with the progress kept by the server. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.group;

import org.jspecify.annotations.NullMarked;
