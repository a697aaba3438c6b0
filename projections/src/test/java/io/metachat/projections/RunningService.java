package io.metachat.projections;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.metachat.axon.eventstoredb.engine.AppendedPosition;
import io.metachat.domain.AggregateId;
import io.metachat.domain.DomainEvent;
import io.metachat.domain.UserId;
import io.metachat.projections.history.StoredEvent;
import io.metachat.projections.position.MinimumPosition;
import io.metachat.projections.processing.ProjectionProcessor;
import io.metachat.projections.processing.ProjectionProcessors;
import io.metachat.projections.version.VersionRegistry;
import io.metachat.proto.v1.QueriesGrpc;
import io.metachat.service.call.MetadataKeys;
import io.metachat.service.grpc.GrpcServer;
import io.metachat.service.security.AccessTokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A projection-service of its own, with what a test needs around it: events go in at one end, answers come out. */
final class RunningService implements AutoCloseable {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> MIN_POSITION =
            Metadata.Key.of("x-metachat-min-position", Metadata.ASCII_STRING_MARSHALLER);

    private static final int PROJECTIONS = 6;
    private static final int SEGMENTS = 2;

    private final ConfigurableApplicationContext context;
    private final ManagedChannel channel;
    private final Map<String, Long> sequences = new HashMap<>();

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
        this.channel = NettyChannelBuilder.forAddress(
                        "127.0.0.1", context.getBean(GrpcServer.class).port())
                .usePlaintext()
                .maxInboundMessageSize(8 << 20)
                .build();
    }

    /** @param more settings as {@code name=value} */
    static RunningService start(String eventStore, String cassandra, String keyspace, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "spring.config.name=projection-service",
                "SERVER_PORT=0",
                "GRPC_PORT=0",
                "EVENTSTORE_URL=" + eventStore,
                "CASSANDRA_HOSTS=" + cassandra,
                "JWT_SECRET=0123456789abcdef0123456789abcdef",
                "axon.cassandra.keyspace=" + keyspace,
                "metachat.projections.keyspace=" + keyspace,
                "metachat.projections.claim-interval=200ms",
                "metachat.projections.segments=" + SEGMENTS));
        settings.addAll(List.of(more));
        return new RunningService(new SpringApplicationBuilder(ProjectionServiceApplication.class)
                .properties(settings.toArray(String[]::new))
                .run());
    }

    /** Returns when every projection has claimed its segments. */
    RunningService awaitReady() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(
                        () -> bean(ProjectionProcessors.class).running(),
                        running -> running.size() >= PROJECTIONS
                                && running.stream().allMatch(RunningService::hasAllSegments));
        return this;
    }

    /** Returns when every projection has handled the event at the position. */
    void awaitPosition(long position) {
        MinimumPosition positions = bean(MinimumPosition.class);
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> bean(VersionRegistry.class).projections().stream()
                        .allMatch(projection -> positions.hasReached(projection.name(), position)));
    }

    private static boolean hasAllSegments(ProjectionProcessor processor) {
        return processor.processor().processingStatus().size() == SEGMENTS;
    }

    /** Calls an operation over HTTP and returns the answer, whatever its status. */
    HttpResponse<String> operate(String method, String path, Set<String> roles) {
        String token =
                bean(AccessTokens.class).issue(UUID.randomUUID(), roles, "test").value();
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port") + path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .join();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Appends events to a stream and returns the position of the last. */
    long append(AggregateId aggregate, DomainEvent... events) {
        List<EventMessage<?>> messages = new ArrayList<>();
        for (DomainEvent event : events) {
            long sequence = sequences.merge(aggregate.stream(), 1L, Long::sum) - 1;
            messages.add(new GenericDomainEventMessage<>(aggregate.category(), aggregate.stream(), sequence, event));
        }
        return commit(messages);
    }

    /** Appends an event that a request with this correlation id has led to. */
    void appendCorrelated(AggregateId aggregate, String correlationId, DomainEvent event) {
        long sequence = sequences.merge(aggregate.stream(), 1L, Long::sum) - 1;
        commit(List.of(new GenericDomainEventMessage<>(aggregate.category(), aggregate.stream(), sequence, event)
                .andMetaData(Map.of(MetadataKeys.CORRELATION_ID, correlationId))));
    }

    /** Appends a history, event by event, and returns the position of the last. */
    long append(List<StoredEvent> history) {
        long position = 0;
        for (StoredEvent event : history) {
            position = commit(List.of(new GenericDomainEventMessage<>(
                    event.stream().substring(0, event.stream().indexOf('-')),
                    event.stream(),
                    event.sequence(),
                    event.payload())));
        }
        return position;
    }

    private long commit(List<EventMessage<?>> messages) {
        AtomicLong position = new AtomicLong();
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(null);
        AppendedPosition.whenCommitted(unitOfWork, position::set);
        bean(EventStore.class).publish(messages);
        unitOfWork.commit();
        return position.get();
    }

    /** A client that is signed in and reads at this position or later. */
    QueriesGrpc.QueriesBlockingStub as(UserId user, long minPosition) {
        return QueriesGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(user, minPosition)));
    }

    QueriesGrpc.QueriesStub following(UserId user) {
        return QueriesGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(user, 0)));
    }

    private Metadata headers(UserId user, long minPosition) {
        Metadata headers = new Metadata();
        String token =
                bean(AccessTokens.class).issue(user.value(), Set.of(), "test").value();
        headers.put(AUTHORIZATION, "Bearer " + token);
        if (minPosition > 0) {
            headers.put(MIN_POSITION, Long.toString(minPosition));
        }
        return headers;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        context.close();
    }
}
