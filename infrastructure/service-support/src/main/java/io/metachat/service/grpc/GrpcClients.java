package io.metachat.service.grpc;

import io.grpc.ClientInterceptor;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** The channels to other services. They connect immediately, reconnect on their own and close with the context. */
public final class GrpcClients implements DisposableBean {

    /**
     * How a service calls others.
     *
     * @param deadline the time for a call that sets none itself
     * @param connectionWait how long a call waits for a connection before it fails as unavailable
     * @param keepAlive the interval of pings on an idle connection
     * @param reconnect the interval of attempts to reconnect
     */
    @ConfigurationProperties("metachat.grpc.client")
    public record Properties(
            @DefaultValue("5s") Duration deadline,
            @DefaultValue("3s") Duration connectionWait,
            @DefaultValue("30s") Duration keepAlive,
            @DefaultValue("1s") Duration reconnect) {}

    private final Properties properties;
    private final List<ClientInterceptor> measuring;
    private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;

    /** @param measuring interceptors around every call, such as one that counts them */
    public GrpcClients(Properties properties, List<ClientInterceptor> measuring) {
        this.properties = properties;
        this.measuring = List.copyOf(measuring);
        this.timer = Executors.newSingleThreadScheduledExecutor(daemonThreads());
        long interval = properties.reconnect().toMillis();
        timer.scheduleWithFixedDelay(this::reconnect, interval, interval, TimeUnit.MILLISECONDS);
    }

    /** Returns a channel whose calls are never retried. */
    public ManagedChannel channel(String name, String url) {
        return channel(name, url, Retries.none());
    }

    /**
     * Returns the channel to a service; the same one for the same name.
     *
     * @param name such as {@code user-service}; for health and messages
     * @param url {@code host:port}, with or without {@code http://}, or a gRPC target such as {@code dns:///…}; all
     *     addresses of the host are used in turn
     */
    public ManagedChannel channel(String name, String url, Retries retries) {
        return channels.computeIfAbsent(name, key -> open(url, retries));
    }

    /** Returns the state of each channel, by name. */
    public Map<String, ConnectivityState> states() {
        Map<String, ConnectivityState> states = new ConcurrentHashMap<>();
        channels.forEach((name, channel) -> states.put(name, channel.getState(true)));
        return states;
    }

    @Override
    public void destroy() throws InterruptedException {
        timer.shutdownNow();
        channels.values().forEach(ManagedChannel::shutdown);
        for (ManagedChannel channel : channels.values()) {
            if (!channel.awaitTermination(2, TimeUnit.SECONDS)) {
                channel.shutdownNow();
            }
        }
    }

    private ManagedChannel open(String url, Retries retries) {
        List<ClientInterceptor> interceptors = new ArrayList<>(measuring);
        interceptors.add(new CallInterceptor(properties.deadline()));
        interceptors.add(new ConnectionWaitInterceptor(properties.connectionWait(), timer));
        ManagedChannel channel = NettyChannelBuilder.forTarget(target(url))
                .usePlaintext()
                .defaultLoadBalancingPolicy("round_robin")
                .defaultServiceConfig(retries.serviceConfig())
                .enableRetry()
                .keepAliveTime(properties.keepAlive().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(true)
                // The builder puts the last added first.
                .intercept(reversed(interceptors))
                .build();
        // Connects now: otherwise the first call would wait.
        channel.getState(true);
        return channel;
    }

    // gRPC doubles its back-off up to two minutes, which is far too long after a restart on the same network.
    private void reconnect() {
        channels.values().stream()
                .filter(channel -> channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE)
                .forEach(ManagedChannel::resetConnectBackoff);
    }

    static String target(String url) {
        String trimmed = url.trim();
        if (trimmed.startsWith("http://")) {
            trimmed = trimmed.substring("http://".length());
        } else if (trimmed.contains(":///")) {
            return trimmed;
        }
        return "dns:///" + (trimmed.endsWith("/") ? trimmed.substring(0, trimmed.length() - 1) : trimmed);
    }

    private static List<ClientInterceptor> reversed(List<ClientInterceptor> interceptors) {
        List<ClientInterceptor> reversed = new ArrayList<>(interceptors);
        Collections.reverse(reversed);
        return reversed;
    }

    private static CustomizableThreadFactory daemonThreads() {
        CustomizableThreadFactory threads = new CustomizableThreadFactory("grpc-clients-");
        threads.setDaemon(true);
        return threads;
    }
}
