/** Reads and subscriptions: one pump per call sends pages as fast as the client accepts them. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.rpc.reads;

import org.jspecify.annotations.NullMarked;
