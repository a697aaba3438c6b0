/** Serving and calling gRPC: the server's life, its interceptors, the channels to other services. */
@NullMarked
package io.metachat.service.grpc;

import org.jspecify.annotations.NullMarked;
