package io.metachat.diary;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.domain.UserId;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.metachat.proto.v1.DiaryCommandsGrpc;
import io.metachat.proto.v1.DiaryCommandsGrpc.DiaryCommandsBlockingStub;
import io.metachat.service.grpc.Answer;
import io.metachat.service.grpc.GrpcCall;
import io.metachat.service.grpc.GrpcClients;
import io.metachat.service.grpc.GrpcServer;
import io.metachat.service.security.AccessTokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The diary-service as it runs alone, on free ports, with a client beside it. */
final class RunningDiaryService implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final DiaryCommandsBlockingStub stub;

    private RunningDiaryService(ConfigurableApplicationContext context) {
        this.context = context;
        this.stub = DiaryCommandsGrpc.newBlockingStub(context.getBean(GrpcClients.class)
                .channel(
                        "diary-service",
                        "http://127.0.0.1:" + context.getBean(GrpcServer.class).port()));
    }

    static RunningDiaryService start(
            String eventStore, EmbeddedCassandraExtension cassandra, String kafka, String... more) {
        String host = cassandra.contactPoint().getHostString() + ":"
                + cassandra.contactPoint().getPort();
        List<String> arguments = new ArrayList<>(List.of(more));
        // The servers are shared by all test classes of a run, the processors' tokens are not.
        arguments.add("--axon.cassandra.keyspace=" + cassandra.keyspace());
        return start(eventStore, host, kafka, arguments.toArray(String[]::new));
    }

    static RunningDiaryService start(String eventStore, String cassandra, String kafka, String... more) {
        return new RunningDiaryService(new SpringApplicationBuilder(DiaryServiceApplication.class)
                .properties(DiaryServiceApplication.CONFIG)
                .properties(
                        "SERVER_PORT=0",
                        "GRPC_PORT=0",
                        "DIGEST_KEYS=test:only-for-tests-0123456789abcdef0123456789",
                        "JWT_SECRET=only-for-tests-0123456789abcdef0123456789",
                        "EVENTSTORE_URL=" + eventStore,
                        "CASSANDRA_HOSTS=" + cassandra,
                        "KAFKA_BROKERS=" + kafka,
                        "LOG_FORMAT=text",
                        // The first connection of a cold machine.
                        "metachat.grpc.client.connection-wait=20s")
                .run(more));
    }

    void awaitReady() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(get("/ready").statusCode()).isEqualTo(200));
    }

    <T> Answer<T> call(UserId user, Function<DiaryCommandsBlockingStub, T> call) {
        return call(user, null, call);
    }

    /** A call whose request is told apart by its key alone. */
    <T> Answer<T> call(UserId user, @Nullable String key, Function<DiaryCommandsBlockingStub, T> call) {
        String token = context.getBean(AccessTokens.class)
                .issue(user.value(), Set.of(), "test")
                .value();
        return GrpcCall.withToken(token)
                .idempotencyKey(key)
                .deadline(Duration.ofSeconds(10))
                .invoke(() -> call.apply(stub));
    }

    double analyses(String outcome) {
        Counter counter = context.getBean(MeterRegistry.class)
                .find("metachat.diary.analyses")
                .tag("outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    /** An operation, asked for by somebody with these roles. */
    HttpResponse<String> operation(String method, String path, String... roles)
            throws IOException, InterruptedException {
        String token = context.getBean(AccessTokens.class)
                .issue(UUID.randomUUID(), Set.of(roles), "test")
                .value();
        return send(HttpRequest.newBuilder(uri("/operations" + path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
