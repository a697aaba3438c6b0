/** Serving and calling gRPC: the server's place in the start order, its interceptors, the channels to other services. */
@NullMarked
package io.metachat.service.grpc;

import org.jspecify.annotations.NullMarked;
