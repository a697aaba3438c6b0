package io.metachat.service.grpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Serves gRPC services from the start of the application context to its end. It starts after whatever the services
 * stand on and stops before it, letting running calls finish.
 */
public final class GrpcServer implements SmartLifecycle {

    /** Before the web server, whose readiness tells that this one is up too. */
    public static final int PHASE = Integer.MAX_VALUE - 4_096;

    private static final Logger log = LoggerFactory.getLogger(GrpcServer.class);

    private final GrpcServerProperties properties;
    private final List<BindableService> services;
    private final List<ServerInterceptor> interceptors;
    private @Nullable Server server;
    private @Nullable ThreadPoolExecutor executor;
    private @Nullable HealthStatusManager health;

    /** @param interceptors from the outermost to the innermost */
    public GrpcServer(
            GrpcServerProperties properties, List<BindableService> services, List<ServerInterceptor> interceptors) {
        this.properties = properties;
        this.services = List.copyOf(services);
        this.interceptors = List.copyOf(interceptors);
    }

    @Override
    public synchronized void start() {
        if (server != null) {
            return;
        }
        HealthStatusManager statuses = new HealthStatusManager();
        ThreadPoolExecutor workers = workers(properties.threads());
        Server starting = build(statuses, workers);
        try {
            starting.start();
        } catch (IOException e) {
            workers.shutdown();
            throw new IllegalStateException(
                    "GRPC_PORT: cannot listen on %s:%d (%s)"
                            .formatted(properties.address(), properties.port(), e.getMessage()),
                    e);
        }
        statuses.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
        health = statuses;
        executor = workers;
        server = starting;
        log.info("gRPC server listens on {}:{}", properties.address(), starting.getPort());
    }

    @Override
    public synchronized void stop() {
        if (server == null || executor == null || health == null) {
            return;
        }
        health.enterTerminalState();
        server.shutdown();
        try {
            if (!server.awaitTermination(properties.shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        executor.shutdown();
        server = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** The port that the server listens on, also where the configured one is 0. */
    public synchronized int port() {
        if (server == null) {
            throw new IllegalStateException("The gRPC server is not running");
        }
        return server.getPort();
    }

    private Server build(HealthStatusManager statuses, ThreadPoolExecutor workers) {
        ServerBuilder<?> builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(properties.address(), properties.port()))
                .permitKeepAliveTime(10, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .executor(workers)
                .addService(statuses.getHealthService());
        if (properties.reflection()) {
            builder.addService(ProtoReflectionServiceV1.newInstance());
        }
        for (BindableService service : services) {
            builder.addService(ServerInterceptors.interceptForward(service, interceptors));
        }
        return builder.build();
    }

    private static ThreadPoolExecutor workers(int threads) {
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new CustomizableThreadFactory("grpc-"));
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }
}
