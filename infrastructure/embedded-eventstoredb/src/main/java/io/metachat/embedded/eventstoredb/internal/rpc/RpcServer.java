package io.metachat.embedded.eventstoredb.internal.rpc;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.stub.StreamObserver;
import io.metachat.embedded.eventstoredb.internal.commit.LogWriter;
import io.metachat.embedded.eventstoredb.internal.group.Groups;
import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.read.Reads;
import io.metachat.embedded.eventstoredb.internal.rpc.access.AccessRules;
import io.metachat.embedded.eventstoredb.internal.rpc.access.AuthenticationInterceptor;
import io.metachat.embedded.eventstoredb.internal.rpc.access.Credentials;
import io.metachat.embedded.eventstoredb.internal.rpc.appends.Writes;
import io.metachat.embedded.eventstoredb.internal.rpc.faults.FaultInterceptor;
import io.metachat.embedded.eventstoredb.internal.rpc.faults.FaultPlan;
import io.metachat.embedded.eventstoredb.internal.rpc.groups.PersistentSubscriptionsService;
import io.metachat.embedded.eventstoredb.internal.rpc.reads.OpenPumps;
import io.metachat.embedded.eventstoredb.internal.rpc.reads.ReadCalls;
import io.metachat.embedded.eventstoredb.internal.rpc.reads.SubscriptionEnd;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.RpcErrors;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** The gRPC server: accepts connections and serves the services. */
public final class RpcServer {

    private static final int THREADS = Math.max(4, Runtime.getRuntime().availableProcessors());
    private static final int KEEP_ALIVE_SECONDS = 10;
    private static final int LAST_WORK_SECONDS = 5;

    /** The allowance for names, ids and properties next to the events of an append. */
    private static final int MESSAGE_OVERHEAD = 1 << 20;

    /** Exceeds the append limit, so that a too large append gets an error that clients understand. */
    private static final int LARGEST_REFUSED_APPEND = 16 << 20;

    private final OpenPumps pumps = new OpenPumps();
    private final Connections connections = new Connections();
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, daemons("eventstoredb-call"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(daemons("eventstoredb-timer"));
    private final EventLoopGroup acceptor = eventLoops("eventstoredb-accept", 1);
    private final EventLoopGroup workers = eventLoops("eventstoredb-io", 2);
    private final Groups groups;
    private final String host;
    private final Server server;

    public RpcServer(
            RpcSettings settings, FaultPlan faults, LogWriter writer, EventReader reader, Reads reads, Clock clock) {
        host = settings.host();
        // First, because it may fail, and nothing is running yet.
        Optional<SslContext> ssl = settings.tls().map(RpcServer::sslContext);
        groups = new Groups(writer, reader, reads, clock, executor, timer);
        AccessRules access = new AccessRules(reads);
        Writes writes = new Writes(writer, access, executor, settings.maxAppendSize());
        StreamsService streams =
                new StreamsService(writes, new ReadCalls(reads, access, writer.end(), pumps, executor));
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(settings.host(), settings.port()))
                .channelFactory(connections::newServerChannel)
                .bossEventLoopGroup(acceptor)
                .workerEventLoopGroup(workers)
                .executor(executor)
                .maxInboundMessageSize(Math.max(settings.maxAppendSize(), LARGEST_REFUSED_APPEND) + MESSAGE_OVERHEAD)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .intercept(new ReachedAddress())
                .intercept(new FaultInterceptor(faults, timer))
                .intercept(new AuthenticationInterceptor(new Credentials(settings.users())))
                .addService(streams)
                .addService(new PersistentSubscriptionsService(groups, access))
                .addService(new GossipService(clock))
                .addService(new ServerFeaturesService());
        ssl.ifPresent(builder::sslContext);
        server = builder.build();
    }

    /** Returns the error of a server that is not the leader. */
    public static StatusRuntimeException notLeader(String leaderHost, int leaderPort) {
        return RpcErrors.notLeader(leaderHost, leaderPort);
    }

    /** @throws IOException if the port is taken */
    public void start() throws IOException {
        server.start();
    }

    public int port() {
        return server.getPort();
    }

    /** Cuts every connection. The server continues and accepts new ones. */
    public void cutConnections() {
        connections.cutAll();
    }

    public void endSubscriptions(SubscriptionEnd end) {
        pumps.endSubscriptions(observer -> end(observer, end));
    }

    /**
     * Stops accepting calls, ends open ones with UNAVAILABLE, and waits for responses in flight until the grace period
     * ends.
     */
    public void stop(Duration grace) {
        server.shutdown();
        pumps.stop();
        groups.stop();
        try {
            if (!server.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow().awaitTermination();
            }
        } catch (InterruptedException interrupted) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Cuts all connections and stops immediately. */
    public void kill() {
        connections.cutAll();
        server.shutdownNow();
        stop(Duration.ZERO);
    }

    /**
     * Stops the threads. Must be called when nothing can submit work any more. The call threads stop before the
     * connection threads, which are needed to end a call.
     */
    public void releaseThreads() {
        timer.shutdownNow();
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LAST_WORK_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
        acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        workers.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private void end(StreamObserver<?> observer, SubscriptionEnd end) {
        switch (end) {
            case COMPLETED -> observer.onCompleted();
            case CANCELLED -> observer.onError(Status.CANCELLED.asRuntimeException());
            case NOT_LEADER -> observer.onError(RpcErrors.notLeader(host, port()));
            case SILENT -> {
                // The call stays open, but gets nothing more.
            }
        }
    }

    /** @throws IllegalArgumentException if the files cannot be used */
    private static SslContext sslContext(RpcSettings.Tls tls) {
        try {
            return GrpcSslContexts.forServer(
                            tls.certificate().toFile(), tls.key().toFile())
                    .build();
        } catch (SSLException | IllegalArgumentException failure) {
            throw new IllegalArgumentException(
                    "TLS cannot be set up from " + tls.certificate() + " and " + tls.key(), failure);
        }
    }

    private static EventLoopGroup eventLoops(String name, int threads) {
        return new MultiThreadIoEventLoopGroup(threads, daemons(name), NioIoHandler.newFactory());
    }

    private static ThreadFactory daemons(String name) {
        return new DefaultThreadFactory(name, true);
    }
}
