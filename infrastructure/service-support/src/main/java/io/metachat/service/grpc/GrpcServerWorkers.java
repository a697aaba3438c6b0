package io.metachat.service.grpc;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads on which a service handles calls: a bounded number, while further calls wait. It is no bean of type {@code
 * Executor}, which would replace Spring Boot's own executor for everything else.
 */
final class GrpcServerWorkers implements GrpcServerExecutorProvider, DisposableBean {

    private final ThreadPoolExecutor threads;

    GrpcServerWorkers(int number) {
        threads = new ThreadPoolExecutor(
                number,
                number,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new CustomizableThreadFactory("grpc-"));
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public Executor getExecutor() {
        return threads;
    }

    @Override
    public void destroy() {
        threads.shutdown();
    }
}
