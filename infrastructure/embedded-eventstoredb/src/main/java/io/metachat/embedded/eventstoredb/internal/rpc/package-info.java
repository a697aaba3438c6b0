/** The gRPC server: its services, its connections and its settings. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.rpc;

import org.jspecify.annotations.NullMarked;
