package io.metachat.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.proto.v1.EditEntryRequest;
import io.metachat.proto.v1.FollowNotificationsRequest;
import io.metachat.proto.v1.GetTimelineRequest;
import io.metachat.proto.v1.WriteEntryRequest;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.security.AccessTokens;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GatewayTest {

    private static final UUID ADA = UUID.fromString("2f0a4c58-8f4e-4c3b-9d5e-7b7f0c1d2e3f");
    private static final String ENTRIES = "/api/v1/diary/entries";
    private static final String ENTRY = ENTRIES + "/6f1f6a0e-7a0b-4c52-9d0c-0c8f6f1d2e3a";

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();

    private static ConfigurableApplicationContext gateway;
    private static Services services;

    @BeforeAll
    static void start() throws IOException {
        services = new Services();
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--metachat.grpc.client.connection-wait=10s",
                "--JWT_SECRET=a-secret-that-only-this-test-knows-1234567890"));
        for (String service : List.of("USER", "DIARY", "PROJECTION", "MATCHING")) {
            arguments.add("--" + service + "_SERVICE_URL=" + services.address());
        }
        gateway = new SpringApplicationBuilder(GatewayApplication.class)
                .properties(GatewayApplication.CONFIG)
                .run(arguments.toArray(String[]::new));
    }

    @AfterEach
    void reset() {
        services.reset();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        services.close();
    }

    @Test
    void shouldWriteAnEntryInTheCallersName() throws Exception {
        HttpResponse<String> answer = send(signedIn("POST", ENTRIES, "{\"title\":\"A day\",\"text\":\"It was.\"}")
                .header("Idempotency-Key", "key-1")
                .header("X-Correlation-Id", "my-correlation"));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).hasValue(ENTRY);
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"1\"");
        assertThat(answer.headers().firstValue("X-MetaChat-Position")).hasValue("4711");
        assertThat(answer.headers().firstValue("X-Correlation-Id")).hasValue("my-correlation");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(json(answer).at("/mood/status").stringValue()).isEqualTo("pending");
        assertThat(services.last().header("authorization")).startsWith("Bearer ");
        assertThat(services.last().header("idempotency-key")).isEqualTo("key-1");
        assertThat(services.last().header("x-correlation-id")).isEqualTo("my-correlation");
        assertThat(((WriteEntryRequest) services.last().message()).getText()).isEqualTo("It was.");
    }

    @Test
    void shouldRefuseAnIdempotencyKeyThatIsTooLong() throws Exception {
        HttpResponse<String> answer = send(signedIn("POST", ENTRIES, "{\"title\":\"a\",\"text\":\"b\"}")
                .header("Idempotency-Key", "k".repeat(256)));

        expectProblem(answer, 400, "idempotency-key-invalid");
        assertThat(services.calls()).isEmpty();
    }

    @Test
    void shouldPassTheExpectedRevisionAndOnlyTheNamedFields() throws Exception {
        HttpResponse<String> answer =
                send(signedIn("PATCH", ENTRY, "{\"tags\":[\"sun\"]}").header("If-Match", "\"7\""));

        assertThat(answer.statusCode()).isEqualTo(200);
        EditEntryRequest request = (EditEntryRequest) services.last("EditEntry").message();
        assertThat(request.getExpectedRevision()).isEqualTo(7);
        assertThat(request.hasTitle()).isFalse();
        assertThat(request.hasText()).isFalse();
        assertThat(request.getTags().getTagsList()).containsExactly("sun");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "",
                "\"1\" \"2\"",
                "\"1\",",
                "*, \"1\"",
                "w/\"1\"",
                "\"1",
                "W/1",
                "\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\""
            })
    void shouldRejectAMalformedIfMatch(String header) throws Exception {
        expectProblem(send(signedIn("PATCH", ENTRY, "{}").header("If-Match", header)), 400, "validation-failed");
        assertThat(services.calls()).isEmpty();
    }

    @Test
    void shouldPassTheMinimumPosition() throws Exception {
        send(signedIn("GET", "/api/v1/users/me", BodyPublishers.noBody()).header("X-MetaChat-Min-Position", "99"));

        assertThat(services.last().header("x-metachat-min-position")).isEqualTo("99");
    }

    @ParameterizedTest
    @CsvSource({"-1", "soon", "1.5", "99999999999999999999"})
    void shouldRefuseAMinimumPositionThatIsNone(String position) throws Exception {
        expectProblem(
                send(signedIn("GET", "/api/v1/users/me", BodyPublishers.noBody())
                        .header("X-MetaChat-Min-Position", position)),
                400,
                "validation-failed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"title\":\"a\",\"text\":\"b\",\"mood\":\"good\"} | mood",
                "{\"title\":1,\"text\":\"b\"} | title",
                "{\"title\":\"\\ud800\",\"text\":\"b\"} | title",
                "{\"title\":\"a\",\"text\":true} | text",
                "{\"title\":\"a\",\"text\":\"b\",\"tags\":\"sun\"} | tags",
                "{\"title\":\"a\",\"text\":\"b\",\"tags\":[1]} | tags[0]",
                "{\"title\":\"a\",\"text\":\"b\",\"writtenAt\":\"yesterday\"} | writtenAt",
                "{\"title\":\"a\",\"text\":\"b\",\"writtenAt\":\"1969-12-31T23:59:59Z\"} | writtenAt"
            })
    void shouldNameTheFieldThatIsWrong(String body, String field) throws Exception {
        HttpResponse<String> answer = send(signedIn("POST", ENTRIES, body));

        expectProblem(answer, 400, "validation-failed");
        assertThat(json(answer).at("/errors/0/field").stringValue()).isEqualTo(field);
        assertThat(services.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"title\":null} | title",
                "{\"title\":\"\\udc00\"} | title",
                "{\"text\":null} | text",
                "{\"sessionId\":\"x\"} | sessionId",
                "{\"tags\":[null]} | tags[0]"
            })
    void shouldNameTheFieldThatCannotBePatched(String body, String field) throws Exception {
        HttpResponse<String> answer = send(signedIn("PATCH", ENTRY, body));

        expectProblem(answer, 400, "validation-failed");
        assertThat(json(answer).at("/errors/0/field").stringValue()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{", "[]", "\"text\"", "{\"title\":\"a\"} {}", "null", "{\"title\":\"a\",\"title\":\"b\"}"})
    void shouldRefuseWhatIsNotOneJsonObject(String body) throws Exception {
        HttpResponse<String> answer = send(signedIn("POST", ENTRIES, body));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/type").stringValue()).startsWith("urn:metachat:problem:");
        assertThat(services.calls()).isEmpty();
    }

    @Test
    void shouldRefuseBrokenUtf8() throws Exception {
        byte[] body = "{\"title\":\"a\",\"text\":\"b?\"}".getBytes(StandardCharsets.UTF_8);
        body[body.length - 3] = (byte) 0xff;

        expectProblem(send(signedIn("POST", ENTRIES, BodyPublishers.ofByteArray(body))), 400, "body-not-utf8");
    }

    @Test
    void shouldRefuseTenMegabytes() throws Exception {
        byte[] body = new byte[10_000_000];
        Arrays.fill(body, (byte) 'a');

        expectProblem(send(signedIn("POST", ENTRIES, BodyPublishers.ofByteArray(body))), 413, "body-too-large");
        expectProblem(
                send(signedIn("POST", ENTRIES, BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body)))),
                413,
                "body-too-large");
        assertThat(services.calls()).isEmpty();
    }

    @Test
    void shouldRefuseOtherMethodsTypesAndAddresses() throws Exception {
        expectProblem(send(signedIn("PUT", ENTRIES, "{}")), 405, "method-not-allowed");
        expectProblem(
                send(HttpRequest.newBuilder(uri(ENTRIES))
                        .header("Authorization", "Bearer " + token())
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("hello"))),
                415,
                "unsupported-media-type");
        expectProblem(send(signedIn("GET", "/api/v1/nowhere", BodyPublishers.noBody())), 404, "no-such-route");
    }

    @Test
    void shouldRefuseWhoIsNotSignedIn() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri(ENTRIES)));

        expectProblem(answer, 401, "token-missing");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    static List<String> forgedTokens() {
        String header = base64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}");
        String claims =
                base64("{\"sub\":\"" + ADA + "\",\"iss\":\"metachat\",\"aud\":\"metachat\",\"exp\":9999999999}");
        return List.of("nonsense", header + "." + claims + ".", "a.b.c", header + "." + claims + ".AAAA");
    }

    @ParameterizedTest
    @MethodSource("forgedTokens")
    void shouldRefuseAForgedToken(String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(ENTRIES)).header("Authorization", "Bearer " + token);

        expectProblem(send(request), 401, "token-invalid");
        assertThat(services.calls()).isEmpty();
    }

    @Test
    void shouldRefuseATokenWithAnotherSignature() throws Exception {
        String token = token();
        String changed = token.substring(0, token.length() - 4) + (token.endsWith("AAAA") ? "BBBB" : "AAAA");

        expectProblem(
                send(HttpRequest.newBuilder(uri(ENTRIES)).header("Authorization", "Bearer " + changed)),
                401,
                "token-invalid");
    }

    @Test
    void shouldLetSomebodySignInWithoutAToken() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/api/v1/auth/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"login\":\"ada\",\"password\":\"secret\"}")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).at("/accessToken").stringValue()).isEqualTo("a");
        assertThat(services.last().header("authorization")).isNull();
    }

    @Test
    void shouldTellAServicesRefusalAsItIs() throws Exception {
        services.failWith(Problem.notFound("user-not-found", "There is no such user"));

        HttpResponse<String> answer =
                send(signedIn("GET", "/api/v1/users/" + UUID.randomUUID(), BodyPublishers.noBody()));

        expectProblem(answer, 404, "user-not-found");
        assertThat(json(answer).at("/detail").stringValue()).isEqualTo("There is no such user");
    }

    @ParameterizedTest
    @CsvSource({"2026-03-01, 2026-03-01", "2026-03-01T00:00:00Z, 2026-03-01", "2026-03-01T23:30:00-05:00, 2026-03-02"})
    void shouldTakeADayOrAnyTimeOfIt(String from, String day) throws Exception {
        String address = "/api/v1/mood/timeline?to=2026-04-01&from=" + URLEncoder.encode(from, StandardCharsets.UTF_8);

        send(signedIn("GET", address, BodyPublishers.noBody()));

        assertThat(((GetTimelineRequest) services.last().message()).getFrom()).isEqualTo(day);
    }

    @Test
    void shouldAskToComeBackWhenTheReadModelIsLate() throws Exception {
        services.failWith(
                new Problem("not-yet", ProblemCategory.NOT_YET, "Not there yet.", List.of(), Duration.ofSeconds(1)));

        HttpResponse<String> answer = send(signedIn("GET", "/api/v1/users/me", BodyPublishers.noBody()));

        expectProblem(answer, 202, "not-yet");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void shouldStreamWhatFollowsTheLastEvent() throws Exception {
        HttpResponse<String> answer = send(signedIn("GET", "/api/v1/events", BodyPublishers.noBody())
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", "41"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("id:42", "event:entry.analysed", "data:{\"entryId\":\"e\"}");
        assertThat(((FollowNotificationsRequest) services.last().message()).getAfterPosition())
                .isEqualTo(41);
    }

    @Test
    void shouldRefuseALastEventIdThatIsNone() throws Exception {
        expectProblem(
                send(signedIn("GET", "/api/v1/events", BodyPublishers.noBody()).header("Last-Event-ID", "x")),
                400,
                "validation-failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x10", "+5", "1e1", "%D9%A1", "99999999999", "010x", "#1", " 1"})
    void shouldRejectALimitThatIsNoDecimalNumber(String limit) throws Exception {
        String path = ENTRIES + "?limit="
                + limit.replace("#", "%23").replace(" ", "%20").replace("+", "%2B");

        expectProblem(send(signedIn("GET", path, BodyPublishers.noBody())), 400, "validation-failed");
        assertThat(services.calls()).isEmpty();
    }

    @Test
    void shouldRejectABodyThatIsNestedTooDeeply() throws Exception {
        String body = "{\"title\":" + "[".repeat(40) + "]".repeat(40) + "}";

        expectProblem(send(signedIn("PATCH", ENTRY, body)), 400, "malformed-json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/users/me", "/%61pi/v1/users/me", "/api;x/v1/users/me", "/api/v1/nowhere"})
    void shouldKeepEveryResponseOutOfCachesHoweverThePathIsSpelt(String path) throws Exception {
        assertThat(send(signedIn("GET", path, BodyPublishers.noBody()))
                        .headers()
                        .firstValue("Cache-Control"))
                .hasValue("no-store");
    }

    @Test
    void shouldAnswerAnEditThatChangesNothingWithTheMoodOfTheEntry() throws Exception {
        services.readModelHas(2);
        HttpResponse<String> unchanged = send(signedIn("PATCH", ENTRY, "{}"));
        services.readModelHas(1);
        HttpResponse<String> changed = send(signedIn("PATCH", ENTRY, "{\"text\":\"new\"}"));

        assertThat(json(unchanged).at("/mood/status").stringValue()).isEqualTo("analysed");
        assertThat(json(changed).at("/mood/status").stringValue()).isEqualTo("pending");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?tag=100%", "?=x", "?tag=%zz", "?%=x", "?tag=a&=", "?tag=%ff"})
    void shouldRejectAMalformedQueryString(String query) throws Exception {
        String answer = raw("GET " + ENTRIES + query + " HTTP/1.1", "Authorization: Bearer " + token());

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
        assertThat(answer).contains("\"type\":\"urn:metachat:problem:malformed-query\"");
        assertThat(services.calls()).isEmpty();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void shouldLogAMalformedQueryStringOnceAndWithoutItsValue(CapturedOutput output) throws Exception {
        raw("GET " + ENTRIES + "?tag=secretword% HTTP/1.1", "Authorization: Bearer " + token());

        assertThat(output.getOut()).containsOnlyOnce("Rejected a malformed query string");
        assertThat(output.getOut()).doesNotContain("secretword").doesNotContain("\"level\":\"ERROR\"");
    }

    @Test
    void shouldPassAWellFormedQueryStringOn() throws Exception {
        send(signedIn("GET", "/api/v1/mood/timeline?from=2026-03-01&to=2026-04-01&&empty=", BodyPublishers.noBody()));

        assertThat(services.calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", "\"1\", \"3\"", "W/\"3\" , \"3\"", "\"x\",\"3\"", "*"})
    void shouldEditAtARevisionThatIfMatchAccepts(String header) throws Exception {
        services.current(3);

        HttpResponse<String> answer = send(signedIn("PATCH", ENTRY, "{}").header("If-Match", header));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"3\"", "\"1\", \"2\"", "\"x\"", "\"\"", "\"03\""})
    void shouldRefuseAnEditAtARevisionThatIfMatchDoesNotAccept(String header) throws Exception {
        services.current(3);

        expectProblem(send(signedIn("PATCH", ENTRY, "{}").header("If-Match", header)), 412, "revision-mismatch");
    }

    @Test
    void shouldReadSeveralIfMatchHeadersAsOneList() throws Exception {
        services.current(3);

        HttpResponse<String> answer =
                send(signedIn("PATCH", ENTRY, "{}").header("If-Match", "\"1\"").header("If-Match", "\"3\""));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void shouldFindARepeatedEditAtTheRevisionThatSucceeded() throws Exception {
        services.current(3);
        services.keyIsKnown();

        HttpResponse<String> answer = send(signedIn("PATCH", ENTRY, "{}")
                .header("If-Match", "\"1\", \"3\"")
                .header("Idempotency-Key", "k"));
        HttpResponse<String> reused =
                send(signedIn("PATCH", ENTRY, "{}").header("If-Match", "\"1\"").header("Idempotency-Key", "k"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        expectProblem(reused, 422, "idempotency-key-reused");
    }

    @Test
    void shouldDownloadAWholeExport() throws Exception {
        HttpResponse<String> answer = send(signedIn("GET", "/api/v1/users/me/export", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"entries\":[]}");
    }

    @Test
    void shouldBreakTheConnectionWhenADownloadBreaksOff() throws Exception {
        services.holdExports();
        HttpRequest request = signedIn("GET", "/api/v1/users/me/export", BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20))
                .build();

        HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
        String first = new String(answer.body().readNBytes("{\"entries\":[".length()), StandardCharsets.UTF_8);
        services.breakExportOff();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(first).isEqualTo("{\"entries\":[");
        assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
    }

    @Test
    void shouldDescribeItself() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/openapi.json")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).at("/paths").propertyNames())
                .contains("/api/v1/auth/register", ENTRIES, "/api/v1/matching/search", "/api/v1/events");
        assertThat(answer.body()).doesNotContain("Exchange");
    }

    /** Sends a request that no client of Java would send. */
    private static String raw(String... head) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            String request = String.join("\r\n", head) + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void expectProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.at("/type").stringValue()).isEqualTo("urn:metachat:problem:" + code);
        assertThat(problem.at("/status").intValue()).isEqualTo(status);
        assertThat(problem.at("/correlationId").stringValue())
                .isEqualTo(answer.headers().firstValue("X-Correlation-Id").orElseThrow());
    }

    private JsonNode json(HttpResponse<String> answer) {
        return json.readTree(answer.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder signedIn(String method, String path, String body) {
        return signedIn(method, path, BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder signedIn(String method, String path, BodyPublisher body) {
        return HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .method(method, body);
    }

    private String token() {
        return gateway.getBean(AccessTokens.class).issue(ADA, Set.of(), "test").value();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    private static int port() {
        return gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
