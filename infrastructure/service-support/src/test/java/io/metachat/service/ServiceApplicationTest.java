package io.metachat.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.metachat.service.call.CallContext;
import io.metachat.service.correlation.Correlation;
import io.metachat.service.error.FieldError;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.error.ProblemException;
import io.metachat.service.error.ProblemTranslator;
import io.metachat.service.grpc.Answer;
import io.metachat.service.grpc.GrpcCall;
import io.metachat.service.grpc.GrpcClients;
import io.metachat.service.grpc.GrpcServer;
import io.metachat.service.health.Probe;
import io.metachat.service.security.AccessTokens;
import io.metachat.service.security.Caller;
import io.metachat.service.security.MethodAccess;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.TestPropertySource;

/** One service as it stands when it depends on service-support and says nothing more. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.application.name=echo-service",
            "GRPC_PORT=0",
            "MANAGEMENT_PORT=0",
            "JWT_SECRET=0123456789abcdef0123456789abcdef",
            "DIGEST_KEYS=new:0123456789abcdef0123456789abcdef,old:fedcba9876543210fedcba9876543210",
            "metachat.requires=JWT_SECRET"
        })
@TestPropertySource("classpath:without-servers.properties")
class ServiceApplicationTest {

    private static final AtomicBoolean storeIsThere = new AtomicBoolean();

    @Autowired
    private GrpcServer server;

    @Autowired
    private GrpcClients clients;

    @Autowired
    private AccessTokens tokens;

    @LocalServerPort
    private int httpPort;

    @LocalManagementPort
    private int managementPort;

    private final UUID user = UUID.randomUUID();

    @BeforeAll
    static void waitLongOnABusyMachine() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class EchoApplication {

        @Bean
        EchoService echo(GrpcClients clients, ObjectProvider<GrpcServer> server) {
            return new EchoService()
                    .on(EchoService.FORWARD, tokenAndText -> {
                        String[] parts = tokenAndText.split(" ");
                        return GrpcCall.withToken(parts[0])
                                .invoke(() -> ClientCalls.blockingUnaryCall(
                                        clients.channel(
                                                "forwarded",
                                                "127.0.0.1:"
                                                        + server.getObject().port()),
                                        EchoService.SAY,
                                        CallOptions.DEFAULT,
                                        StringValue.of(parts[1])))
                                .value()
                                .getValue();
                    })
                    .on(EchoService.SAY, ServiceApplicationTest::say)
                    .on(EchoService.OPEN, text -> "open " + Caller.find().isPresent());
        }

        @Bean
        MethodAccess access() {
            return MethodAccess.open(EchoService.OPEN);
        }

        @Bean
        ProblemTranslator translator() {
            return thrown -> thrown instanceof IllegalArgumentException
                    ? Optional.of(Problem.invalid(List.of(new FieldError("title", "zu lang für „uns“"))))
                    : Optional.empty();
        }

        @Bean
        Probe store() {
            return Probe.of("store", () -> {
                if (!storeIsThere.get()) {
                    throw new IllegalStateException("absent");
                }
            });
        }
    }

    private static String say(String text) {
        return switch (text) {
            case "who" -> Caller.current().userId().toString();
            case "correlation" -> Correlation.current().orElseThrow().id();
            case "trace" -> Correlation.current().orElseThrow().trace().traceId();
            case "key" -> CallContext.current().idempotencyKey().orElse("none");
            case "digests" -> CallContext.current().idempotency().orElseThrow().key();
            case "min" -> CallContext.current().minPosition().toString();
            case "write" -> {
                CallContext.current().reached(42);
                CallContext.current().reached(41);
                yield "written";
            }
            case "invalid" -> throw new IllegalArgumentException("secret diary text");
            case "defect" -> throw new IllegalStateException("secret diary text");
            case "conflict" ->
                throw Problem.of("revision-stale", ProblemCategory.PRECONDITION_FAILED, "Someone was first.")
                        .toException();
            default -> text;
        };
    }

    @Test
    void shouldServeACallOfAUserWithItsIdentity() {
        assertThat(call("who").value()).isEqualTo(user.toString());
    }

    @Test
    void shouldCarryTheCorrelationToTheServedCall() {
        Correlation correlation =
                Correlation.accept("order-7", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        try (Correlation.Scope scope = correlation.open()) {
            assertThat(call("correlation").value()).isEqualTo("order-7");
            assertThat(call("trace").value()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        }
    }

    @Test
    void shouldCarryIdempotencyAndPositionBothWays() {
        GrpcCall call = GrpcCall.withToken(userToken()).idempotencyKey("key-1").minPosition(7);

        assertThat(invoke(call, EchoService.SAY, "key").value()).isEqualTo("key-1");
        assertThat(invoke(call, EchoService.SAY, "digests").value()).startsWith("new.");
        assertThat(invoke(call, EchoService.SAY, "min").value()).isEqualTo("OptionalLong[7]");
        assertThat(invoke(call, EchoService.SAY, "write").position()).isEqualTo(OptionalLong.of(42));
        assertThat(invoke(call, EchoService.SAY, "hello").position()).isEmpty();
    }

    @Test
    void shouldCarryTheCorrelationAndTheProblemThroughACallWithinACall() {
        Correlation correlation = Correlation.accept("order-7", null);
        GrpcCall call = GrpcCall.withToken(userToken());
        try (Correlation.Scope scope = correlation.open()) {
            assertThat(invoke(call, EchoService.FORWARD, userToken() + " who").value())
                    .isEqualTo(user.toString());
            assertThat(invoke(call, EchoService.FORWARD, userToken() + " correlation")
                            .value())
                    .isEqualTo("order-7");
        }
        assertThatThrownBy(() -> invoke(call, EchoService.FORWARD, userToken() + " conflict"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("revision-stale"));
    }

    @Test
    void shouldRefuseACallWithoutAToken() {
        assertThatThrownBy(() -> invoke(GrpcCall.anonymous(), EchoService.SAY, "who"))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().category()).isEqualTo(ProblemCategory.UNAUTHENTICATED);
                    assertThat(refused.problem().code()).isEqualTo("unauthenticated");
                });
    }

    @Test
    void shouldRefuseAForgedToken() {
        assertThatThrownBy(() -> invoke(GrpcCall.withToken(userToken() + "x"), EchoService.SAY, "who"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("token-invalid"));
    }

    @Test
    void shouldServeOpenMethodsToAnybodyButRejectAnInvalidToken() {
        assertThat(invoke(GrpcCall.anonymous(), EchoService.OPEN, "").value()).isEqualTo("open false");
        assertThat(invoke(GrpcCall.withToken(userToken()), EchoService.OPEN, "").value())
                .isEqualTo("open true");
        assertThatThrownBy(() -> invoke(GrpcCall.withToken(userToken() + "x"), EchoService.OPEN, ""))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("token-invalid"));
    }

    @Test
    void shouldTellTheTranslatedProblemWithItsFields() {
        assertThatThrownBy(() -> call("invalid")).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem())
                    .isEqualTo(Problem.invalid(List.of(new FieldError("title", "zu lang für „uns“"))));
        });
        assertThatThrownBy(() -> call("conflict"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem())
                                .isEqualTo(Problem.of(
                                        "revision-stale", ProblemCategory.PRECONDITION_FAILED, "Someone was first.")));
    }

    @Test
    void shouldNotTellTheMessageOfADefect() {
        assertThatThrownBy(() -> call("defect"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failed -> assertThat(failed.problem()).isEqualTo(Problem.internal()))
                .hasStackTraceContaining("internal-error")
                .satisfies(failed -> assertThat(failed.getCause().getMessage()).doesNotContain("secret diary text"));
    }

    @Test
    void shouldBeAliveWithoutItsDependenciesButNotReady() throws Exception {
        storeIsThere.set(false);
        Awaitility.await().untilAsserted(() -> {
            HttpResponse<String> ready = get("/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("store").doesNotContain("absent");
        });
        HttpResponse<String> health = get("/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).isEqualTo("{\"status\":\"UP\"}");

        storeIsThere.set(true);
        Awaitility.await()
                .untilAsserted(() -> assertThat(get("/ready").statusCode()).isEqualTo(200));
    }

    @Test
    void shouldShowItsMetricsToPrometheus() throws Exception {
        call("hello");
        HttpResponse<String> metrics = get(managementPort, "/metrics");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(metrics.body())
                .contains("grpc_server_processing_duration_seconds_count{")
                .contains("service=\"echo-service\"");
    }

    @Test
    void shouldEchoASaneCorrelationIdAndReplaceAnother() throws Exception {
        assertThat(get("/health", "X-Correlation-Id", "order-7").headers().firstValue("X-Correlation-Id"))
                .contains("order-7");
        assertThat(get("/health", "X-Correlation-Id", "a b\"c").headers().firstValue("X-Correlation-Id"))
                .hasValueSatisfying(id -> assertThat(UUID.fromString(id)).isNotNull());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/nowhere", "/error", "/error/", "/operations/x", "/health/x", "/metrics/x", "/%65rror"})
    void shouldAnswerAnUnknownPathOfEachPortWithAProblem(String path) throws Exception {
        for (int port : List.of(httpPort, managementPort)) {
            HttpResponse<String> answer = get(port, path);

            assertThat(answer.statusCode()).as("%d %s", port, answer.body()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.body()).contains("urn:metachat:problem:no-such-route", "\"correlationId\":\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/metrics", "/nowhere", "/%68ealth", "/health;x"})
    void shouldKeepEveryResponseOfEachPortOutOfCaches(String path) throws Exception {
        for (int port : List.of(httpPort, managementPort)) {
            HttpHeaders headers = get(port, path).headers();

            assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("Content-Security-Policy").orElse("")).startsWith("default-src 'self'");
            assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
        }
    }

    @Test
    void shouldReportAMalformedRequestOfEachPortAsAProblemWithoutRepeatingIt() throws Exception {
        for (int port : List.of(httpPort, managementPort)) {
            assertThat(raw(port, "GET /a|secret{} HTTP/1.1"))
                    .startsWith("HTTP/1.1 400")
                    .contains("urn:metachat:problem:bad-request")
                    .doesNotContain("secret");
        }
    }

    @Test
    void shouldServeTheProbesOnTheManagementPortToo() throws Exception {
        assertThat(get(managementPort, "/health").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get(managementPort, "/ready").body()).contains("\"store\"");
    }

    @Test
    void shouldListenOnTheAddressOfTheServiceOnly() throws Exception {
        try (Stream<String> sockets = Files.lines(Path.of("/proc/self/net/tcp6"))) {
            String port = ":%04X ".formatted(managementPort);
            assertThat(sockets.filter(line -> line.contains(port)))
                    .noneMatch(line -> line.contains(" 00000000000000000000000000000000" + port));
        }
    }

    /** Sends a request that no client of Java would send. */
    private static String raw(int port, String requestLine) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            String request = requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Answer<String> call(String text) {
        return invoke(GrpcCall.withToken(userToken()), EchoService.SAY, text);
    }

    private Answer<String> invoke(GrpcCall call, MethodDescriptor<StringValue, StringValue> method, String text) {
        Channel channel = clients.channel("echo-service", "http://127.0.0.1:" + server.port());
        Answer<StringValue> answer = call.invoke(
                () -> ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, StringValue.of(text)));
        return new Answer<>(answer.value().getValue(), answer.position());
    }

    private String userToken() {
        return tokens.issue(user, Set.of(), "test").value();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return get(httpPort, path, headers);
    }

    private static HttpResponse<String> get(int port, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
