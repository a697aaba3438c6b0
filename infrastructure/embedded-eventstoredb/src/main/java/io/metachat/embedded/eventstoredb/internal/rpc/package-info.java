/** The protocol: requests and answers of the EventStoreDB gRPC services, their statuses and trailers. */
@NullMarked
package io.metachat.embedded.eventstoredb.internal.rpc;

import org.jspecify.annotations.NullMarked;
