package io.metachat.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.domain.UserId;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.metachat.proto.v1.LoginRequest;
import io.metachat.proto.v1.RefreshRequest;
import io.metachat.proto.v1.RegisterRequest;
import io.metachat.proto.v1.Tokens;
import io.metachat.proto.v1.UserCommandsGrpc;
import io.metachat.proto.v1.UserCommandsGrpc.UserCommandsBlockingStub;
import io.metachat.service.error.ProblemException;
import io.metachat.service.grpc.Answer;
import io.metachat.service.grpc.GrpcCall;
import io.metachat.service.grpc.GrpcClients;
import io.metachat.service.grpc.GrpcServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The user-service as it runs alone, on free ports, with a client beside it. */
final class RunningUserService implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final UserCommandsBlockingStub stub;

    private RunningUserService(ConfigurableApplicationContext context) {
        this.context = context;
        this.stub = UserCommandsGrpc.newBlockingStub(context.getBean(GrpcClients.class)
                .channel(
                        "user-service",
                        "http://127.0.0.1:" + context.getBean(GrpcServer.class).port()));
    }

    static RunningUserService start(
            String eventStore, EmbeddedCassandraExtension cassandra, String kafka, String... more) {
        String host = cassandra.contactPoint().getHostString() + ":"
                + cassandra.contactPoint().getPort();
        List<String> arguments = new ArrayList<>(List.of(more));
        // The servers are shared by all test classes of a run, the processors' tokens are not.
        arguments.add("--axon.cassandra.keyspace=" + cassandra.keyspace());
        return start(eventStore, host, kafka, arguments.toArray(String[]::new));
    }

    static RunningUserService start(String eventStore, String cassandra, String kafka, String... more) {
        return new RunningUserService(new SpringApplicationBuilder(UserServiceApplication.class)
                .properties(UserServiceApplication.CONFIG)
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
                        "metachat.grpc.client.connection-wait=20s",
                        // A hundred people at once on a machine that does other things too.
                        "metachat.user.hashing-timeout=60s",
                        "metachat.reads.timeout=10s")
                .run(more));
    }

    void awaitReady() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(get("/ready").statusCode()).isEqualTo(200));
    }

    Answer<Tokens> register(RegisterRequest request) {
        return register(request, null);
    }

    Answer<Tokens> register(RegisterRequest request, @Nullable String key) {
        return patient(GrpcCall.anonymous()).idempotencyKey(key).invoke(() -> stub.register(request));
    }

    Tokens login(String login, String password, OptionalLong position) {
        return patient(GrpcCall.anonymous())
                .minPosition(position)
                .invoke(() -> stub.login(LoginRequest.newBuilder()
                        .setLogin(login)
                        .setPassword(password)
                        .build()))
                .value();
    }

    Tokens refresh(String token) {
        return refresh(token, null);
    }

    Tokens refresh(String token, @Nullable String key) {
        return patient(GrpcCall.anonymous())
                .idempotencyKey(key)
                .invoke(() -> stub.refresh(
                        RefreshRequest.newBuilder().setRefreshToken(token).build()))
                .value();
    }

    void logout(String token) {
        patient(GrpcCall.anonymous())
                .invoke(() -> stub.logout(
                        RefreshRequest.newBuilder().setRefreshToken(token).build()));
    }

    <T> Answer<T> call(Tokens caller, Function<UserCommandsBlockingStub, T> call) {
        return patient(GrpcCall.withToken(caller.getAccessToken())).invoke(() -> call.apply(stub));
    }

    <T> Answer<T> call(Tokens caller, String key, Function<UserCommandsBlockingStub, T> call) {
        return patient(GrpcCall.withToken(caller.getAccessToken()))
                .idempotencyKey(key)
                .invoke(() -> call.apply(stub));
    }

    private static GrpcCall patient(GrpcCall call) {
        return call.deadline(Duration.ofSeconds(60));
    }

    /** The code with which a call is refused. */
    static String refusal(Runnable call) {
        try {
            call.run();
            return "accepted";
        } catch (ProblemException refused) {
            return refused.problem().code();
        }
    }

    static UserId user(Tokens tokens) {
        return UserId.parse(tokens.getUserId());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        String port = context.getEnvironment().getProperty("local.server.port");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        context.close();
    }
}
