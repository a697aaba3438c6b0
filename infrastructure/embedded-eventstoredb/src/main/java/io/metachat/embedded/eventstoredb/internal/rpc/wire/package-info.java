/** Conversions between protocol messages and the store, and the statuses and trailers of errors. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.rpc.wire;

import org.jspecify.annotations.NullMarked;
