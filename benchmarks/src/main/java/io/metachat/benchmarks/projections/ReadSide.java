package io.metachat.benchmarks.projections;

import com.datastax.oss.driver.api.core.CqlSession;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.embedded.cassandra.EmbeddedCassandra;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.projections.ProjectionProperties;
import io.metachat.projections.ProjectionServiceApplication;
import io.metachat.projections.position.MinimumPosition;
import io.metachat.projections.version.VersionRegistry;
import io.metachat.projections.version.Versions;
import io.metachat.proto.v1.QueriesGrpc;
import io.metachat.service.grpc.GrpcServer;
import io.metachat.service.security.AccessTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A projection-service as in production, with its own event store and Cassandra. */
final class ReadSide implements AutoCloseable {

    static final String KEYSPACE = "metachat";

    private static final int APPENDED_AT_ONCE = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final EmbeddedEventStoreDb eventStore;
    private final EmbeddedCassandra cassandra;
    private final ConfigurableApplicationContext context;
    private final ManagedChannel channel;

    private ReadSide(
            EmbeddedEventStoreDb eventStore, EmbeddedCassandra cassandra, ConfigurableApplicationContext context) {
        this.eventStore = eventStore;
        this.cassandra = cassandra;
        this.context = context;
        this.channel = NettyChannelBuilder.forAddress(
                        "127.0.0.1", context.getBean(GrpcServer.class).port())
                .usePlaintext()
                .build();
    }

    static ReadSide start() {
        EmbeddedEventStoreDb eventStore = EmbeddedEventStoreDb.startTemporary();
        EmbeddedCassandra cassandra = EmbeddedCassandra.builder().start();
        return new ReadSide(
                eventStore,
                cassandra,
                new SpringApplicationBuilder(ProjectionServiceApplication.class, NoOpProjection.class)
                        .properties(
                                ProjectionServiceApplication.CONFIG,
                                "SERVER_PORT=0",
                                "GRPC_PORT=0",
                                "EVENTSTORE_URL=" + eventStore.connectionString(),
                                "CASSANDRA_HOSTS=127.0.0.1:" + cassandra.port(),
                                "JWT_SECRET=0123456789abcdef0123456789abcdef",
                                "LOG_LEVEL=warn",
                                // One rebuild after the other, so that none waits for absent instances.
                                "metachat.projections.version-refresh=100ms",
                                "metachat.projections.rebuild-grace=1s")
                        .run());
    }

    /** Writes all entries and waits until they are readable. */
    void load(Diaries diaries) {
        for (int person = 0; person < diaries.people(); person++) {
            List<EventMessage<?>> events = new ArrayList<>();
            int sequence = 0;
            for (int number = person; number < diaries.entries(); number += diaries.people()) {
                EntryWritten written = diaries.written(number);
                String stream = written.userId().diary().stream();
                events.add(new GenericDomainEventMessage<>("diary", stream, sequence++, written));
                if (events.size() == APPENDED_AT_ONCE) {
                    bean(EventStore.class).publish(events);
                    events = new ArrayList<>();
                }
            }
            if (!events.isEmpty()) {
                bean(EventStore.class).publish(events);
            }
        }
        long head = head();
        VersionRegistry registry = bean(VersionRegistry.class);
        await(() -> registry.projections().stream()
                .allMatch(projection -> bean(MinimumPosition.class).hasReached(projection.name(), head)));
    }

    /** Fills a new version of a projection and returns the time from its start. */
    Duration rebuild(String projection) {
        VersionRegistry registry = bean(VersionRegistry.class);
        MinimumPosition positions = bean(MinimumPosition.class);
        awaitRest(projection);
        long head = head();
        registry.build(bean(CqlSession.class), projection);
        int version = registry.of(projection).last();
        await(() -> positions.lowest(projection, version).isPresent());
        long start = System.nanoTime();
        long from = positions.lowest(projection, version).orElse(0);
        await(() -> isAt(positions.lowest(projection, version), head));
        // Work done before the first poll is counted as if it had taken its share of the time.
        long nanos = System.nanoTime() - start;
        return Duration.ofNanos((long) (nanos * ((double) head / Math.max(1, head - from))));
    }

    /** Waits until a projection has one version and all others are removed. */
    void awaitRest(String projection) {
        VersionRegistry registry = bean(VersionRegistry.class);
        await(() -> isAtRest(registry.of(projection)));
    }

    /** Returns a client that reads as this person. */
    QueriesGrpc.QueriesBlockingStub as(UserId person) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer "
                        + bean(AccessTokens.class)
                                .issue(person.value(), Set.of(), "benchmark")
                                .value());
        return QueriesGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    CqlSession cassandra() {
        return bean(CqlSession.class);
    }

    /** Returns the number of writes of a rebuild that are in flight at the same time. */
    int writesInFlight(String projection) {
        ProjectionProperties properties = bean(ProjectionProperties.class);
        return properties.rebuildWritesInFlight() * properties.segmentsOf(projection);
    }

    private long head() {
        return bean(io.metachat.axon.eventstoredb.engine.EventStoreDbEventStore.class)
                .headPosition()
                .orElse(0);
    }

    private static boolean isAt(OptionalLong position, long head) {
        return position.isPresent() && position.getAsLong() >= head;
    }

    private static boolean isAtRest(Versions versions) {
        return versions.filled().size() == 1 && versions.dropping() == null;
    }

    private <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("It took more than " + PATIENCE);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        context.close();
        cassandra.close();
        eventStore.close();
    }
}
