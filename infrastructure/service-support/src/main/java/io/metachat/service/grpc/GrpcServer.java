package io.metachat.service.grpc;

import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.time.Duration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.grpc.server.GrpcServerFactory;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/**
 * Spring's gRPC server with a place in the order of the start. It starts after everything that the services depend on,
 * and stops before it; calls in flight may finish.
 */
public final class GrpcServer extends GrpcServerLifecycle {

    /** Before the web server, whose readiness means that this one runs too; a consumer of calls stops before it. */
    public static final int PHASE = Integer.MAX_VALUE - 4_096;

    private final HealthStatusManager health;

    GrpcServer(
            GrpcServerFactory factory,
            Duration shutdownTimeout,
            ApplicationEventPublisher events,
            HealthStatusManager health) {
        super(factory, shutdownTimeout, events);
        this.health = health;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** Returns the port that the server listens on, also where the configured one is 0. */
    public int port() {
        if (!isRunning()) {
            throw new IllegalStateException("The gRPC server is not running");
        }
        return getPort();
    }

    @Override
    public void stop() {
        health.enterTerminalState();
        super.stop();
    }

    @Override
    protected void createAndStartGrpcServer() throws IOException {
        try {
            super.createAndStartGrpcServer();
        } catch (IOException e) {
            throw new IllegalStateException("GRPC_PORT: cannot listen (%s)".formatted(e.getMessage()), e);
        }
    }
}
