package io.metachat.service.grpc;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The gRPC server of a service.
 *
 * @param address the address to listen on
 * @param port the port, from {@code GRPC_PORT}; 0 takes a free one
 * @param threads how many calls are worked on at the same time; more wait
 * @param shutdownTimeout how long running calls may go on after the service was told to stop
 * @param reflection whether tools may ask for the contracts
 */
@ConfigurationProperties("metachat.grpc.server")
public record GrpcServerProperties(
        @DefaultValue("127.0.0.1") String address,
        @DefaultValue("50051") int port,
        @DefaultValue("48") int threads,
        @DefaultValue("10s") Duration shutdownTimeout,
        @DefaultValue("false") boolean reflection) {}
