package io.metachat.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.metachat.embedded.process.RunningProcess;
import io.metachat.local.home.Home;
import io.metachat.local.home.SystemState;
import io.metachat.local.home.SystemState.Phase;
import io.metachat.local.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operator's commands against answers such as a projection-service gives. */
class OperatorCommandsTest {

    private static final String LAG = "{\"events\":12,\"estimated\":false,\"seconds\":3,\"positions\":900}";

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private Home home;
    private HttpServer server;

    private record Answer(int status, String body) {}

    @BeforeEach
    void beUp() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
        home = new Home(directory);
        home.create();
        SystemState state = new SystemState(
                Phase.READY,
                RunningProcess.of(ProcessHandle.current().pid()),
                Instant.now(),
                null,
                List.of(),
                Map.of(
                        "projection-service",
                        server.getAddress().getPort(),
                        "diary-service",
                        server.getAddress().getPort(),
                        "matching-service",
                        server.getAddress().getPort()));
        Files.writeString(directory.resolve("state.json"), new JsonMapper().writeValueAsString(state));
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void shouldListProjectionsWithStateAndLag() {
        answer(
                200,
                "[" + projection("entries", 1, LAG, "") + ","
                        + projection(
                                "moods",
                                2,
                                "{\"events\":123456,\"estimated\":true,\"seconds\":86400,\"positions\":1}",
                                ",\"rebuild\":{\"version\":3,\"done\":0.428,\"lag\":" + LAG + "}")
                        + "," + projection("users", 1, LAG, ",\"paused\":true") + "]");

        assertThat(run("projections", "list")).isZero();

        assertThat(out().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .containsExactly(
                        "projection version state lag, events seconds segments",
                        "entries v1 running 12 3 0,1",
                        "moods v2 rebuilding v3, 43 % ~123,456 86400 0,1",
                        "users v1 paused 12 3 0,1");
        assertThat(requests).containsExactly("GET /operations/projections");
    }

    @Test
    void shouldWatchAReanalysis() {
        answer(202, reanalysis("RUNNING", ""));
        answer(200, reanalysis("RUNNING", ""));
        answer(200, reanalysis("DONE", ",\"entries\":1200,\"published\":1200"));

        assertThat(run("reanalyse", "--since", "2026-11-01")).isZero();

        assertThat(out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("reanalysis [---").contains("reading the event store"),
                        line -> assertThat(line).isEqualTo("1,200 entries were sent to the mood-service."));
        assertThat(requests)
                .containsExactly(
                        "POST /operations/reanalysis?since=2026-11-01T00:00:00Z",
                        "GET /operations/reanalysis",
                        "GET /operations/reanalysis");
    }

    @Test
    void shouldSayHowFarAReanalysisCameThatEndedEarly() {
        answer(202, reanalysis("RUNNING", ""));
        answer(200, reanalysis("CANCELLED", ",\"entries\":1200,\"published\":50"));

        assertThat(run("reanalyse", "--since", "2026-11-01T08:30:00Z")).isEqualTo(1);
        assertThat(err()).contains("cancelled after 50 entries");
    }

    @Test
    void shouldRefuseAReanalysisWithoutATime() {
        assertThat(run("reanalyse")).isEqualTo(1);
        assertThat(err()).contains("missing start. Try: --since");
        assertThat(run("reanalyse", "--since", "yesterday")).isEqualTo(2);
        assertThat(err()).contains("'yesterday' is not a time");
        assertThat(requests).isEmpty();
    }

    private static String reanalysis(String state, String more) {
        return "{\"state\":\"" + state + "\",\"since\":\"2026-11-01T00:00:00Z\",\"startedAt\":\"2026-11-25T00:00:00Z\""
                + more + "}";
    }

    @Test
    void shouldWatchARebuildByLinesWhereNobodyWatches() {
        answer(202, projection("entries", 1, LAG, ",\"rebuild\":{\"version\":2,\"lag\":" + LAG + "}"));
        answer(
                200,
                projection(
                        "entries",
                        1,
                        LAG,
                        ",\"rebuild\":{\"version\":2,\"done\":0.5,\"positionsPerSecond\":2500000,\"secondsLeft\":75,\"lag\":"
                                + LAG + "}"));
        answer(200, projection("entries", 2, LAG, ""));

        assertThat(run("projections", "rebuild", "entries")).isZero();

        assertThat(out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("entries v2 [###############---------------]  50.0 %"
                                        + "  2.50 MB/s of the log, 12 events to go  1:15 left"),
                        line -> assertThat(line).startsWith("entries: version 2 is active after"));
        assertThat(requests)
                .containsExactly(
                        "POST /operations/projections/entries/rebuild",
                        "GET /operations/projections/entries",
                        "GET /operations/projections/entries");
    }

    @Test
    void shouldKeepToOneLineWhereAPersonWatches() {
        answer(202, projection("entries", 1, LAG, ",\"rebuild\":{\"version\":2,\"lag\":" + LAG + "}"));
        answer(200, projection("entries", 1, LAG, ",\"rebuild\":{\"version\":2,\"lag\":" + LAG + "}"));
        answer(200, projection("entries", 2, LAG, ""));

        assertThat(run(true, "projections", "rebuild", "entries")).isZero();

        assertThat(out()).startsWith("\rentries v2 [------------------------------]   0.0 %  12 events to go");
        assertThat(out().lines().count()).as("lines, the rewritten ones apart").isLessThanOrEqualTo(3);
        assertThat(out()).contains("\r\u001b[Kentries: version 2 is active");
    }

    @Test
    void shouldSayWhenARebuildIsGivenUpMeanwhile() {
        answer(202, projection("entries", 1, LAG, ",\"rebuild\":{\"version\":2,\"lag\":" + LAG + "}"));
        answer(200, projection("entries", 1, LAG, ""));

        assertThat(run("projections", "rebuild", "entries")).isEqualTo(1);
        assertThat(err()).isEqualTo("the rebuild of entries was cancelled\n");
    }

    @Test
    void shouldPauseResumeAndCancel() {
        answer(200, "{}");
        answer(200, "{}");
        answer(200, "{}");

        assertThat(run("projections", "pause", "entries")).isZero();
        assertThat(run("projections", "resume", "entries")).isZero();
        assertThat(run("projections", "cancel", "entries")).isZero();

        assertThat(requests)
                .containsExactly(
                        "POST /operations/projections/entries/pause",
                        "POST /operations/projections/entries/resume",
                        "DELETE /operations/projections/entries/rebuild");
    }

    @Test
    void shouldTellWhatIsRefusedInTheServicesOwnWords() {
        answer(404, "{\"detail\":\"There is no such projection.\",\"correlationId\":\"c-1\"}");

        assertThat(run("projections", "pause", "secrets/../entries")).isEqualTo(1);

        assertThat(err()).isEqualTo("There is no such projection. (status 404, correlation id c-1)\n");
        assertThat(requests).containsExactly("POST /operations/projections/secrets%2F..%2Fentries/pause");
    }

    @Test
    void shouldListShowRetryAndDiscardDeadLetters() {
        String letters = "[{\"sequence\":\"s-1\",\"letters\":[{\"eventId\":\"e-1\",\"type\":\"EntryWritten\","
                + "\"cause\":\"RefusedWriteException\"},{\"eventId\":\"e-2\",\"type\":\"EntryEdited\"}]}]";
        String shown =
                "{\"sequence\":\"s-1\",\"letters\":[{\"eventId\":\"e-1\",\"type\":\"EntryWritten\",\"position\":77,"
                        + "\"cause\":\"RefusedWriteException\",\"parkedAt\":\"2026-03-04T12:00:00Z\","
                        + "\"triedAt\":\"2026-03-04T12:00:01Z\",\"event\":{\"title\":\"(5 characters)\",\"revision\":1}}]}";
        answer(200, "[{\"name\":\"entries\"},{\"name\":\"moods\"}]");
        answer(200, "[]");
        answer(200, letters);
        answer(200, "[]");
        assertThat(run("dead-letters", "list")).isZero();
        assertThat(out().replaceAll(" +", " "))
                .contains("entries s-1 2 EntryWritten RefusedWriteException")
                .doesNotContain("moods");

        answer(200, shown);
        assertThat(run("dead-letters", "show", "entries", "s-1")).isZero();
        assertThat(out().replaceAll(" +", " "))
                .contains("EntryWritten e-1", " cause RefusedWriteException", " position 77")
                .contains(" event.title (5 characters)", " event.revision 1");

        answer(200, shown);
        answer(200, "{\"handled\":false}");
        assertThat(run("dead-letters", "retry", "entries", "s-1")).isEqualTo(1);
        assertThat(err()).contains("some events failed again");

        assertThat(run("dead-letters", "discard", "entries", "s-1", "e-1")).isEqualTo(1);
        assertThat(err()).contains("confirm with --yes");
        answer(204, "");
        assertThat(run("dead-letters", "discard", "--yes", "entries", "s-1", "e-1"))
                .isZero();
        assertThat(requests.get(requests.size() - 1))
                .isEqualTo("DELETE /operations/projections/entries/dead-letters/s-1/e-1");
    }

    @Test
    void shouldListShowRetryAndDiscardDeadLettersOfSagas() {
        String saga = "matching-saga.MatchingSaga";
        String letters =
                "[{\"sequence\":\"s-0\",\"letters\":[]},{\"sequence\":\"s-1\",\"letters\":[{\"eventId\":\"e-1\","
                        + "\"type\":\"MatchProposed\",\"cause\":\"IllegalStateException\"}]}]";
        answer(200, "[]");
        answer(200, "[{\"name\":\"" + saga + "\",\"parked\":1}]");
        answer(200, letters);
        assertThat(run("dead-letters", "list")).isZero();
        assertThat(out().replaceAll(" +", " ")).contains(saga + " s-1 1 MatchProposed IllegalStateException");

        answer(200, letters);
        assertThat(run("dead-letters", "show", saga, "s-1")).isZero();
        assertThat(out().replaceAll(" +", " ")).contains("MatchProposed e-1", " cause IllegalStateException");
        answer(200, letters);
        assertThat(run("dead-letters", "retry", saga, "s-2")).isEqualTo(1);
        assertThat(err()).contains("This sequence has no dead letters.");

        answer(200, letters);
        answer(200, "{\"handled\":true}");
        assertThat(run("dead-letters", "retry", saga, "s-1")).isZero();
        answer(204, "");
        assertThat(run("dead-letters", "discard", "--yes", saga, "s-1", "e-1")).isZero();
        String path = "/operations/sagas/" + saga + "/dead-letters";
        assertThat(requests)
                .containsSubsequence(
                        "GET /operations/sagas",
                        "GET " + path,
                        "POST " + path + "/s-1/retry",
                        "DELETE " + path + "/s-1/e-1");
    }

    @Test
    void shouldSplitAndMergeSegmentsOfTheVersionThatIsRead() {
        answer(200, projection("entries", 2, LAG, ""));
        answer(200, "{}");
        answer(200, projection("entries", 2, LAG, ""));
        answer(200, "{}");

        assertThat(run("projections", "split", "entries", "1")).isZero();
        assertThat(run("projections", "merge", "entries", "0")).isZero();

        assertThat(requests)
                .containsExactly(
                        "GET /operations/projections/entries",
                        "POST /operations/processors/projection-entries-v2/segments/1/split",
                        "GET /operations/projections/entries",
                        "POST /operations/processors/projection-entries-v2/segments/0/merge");
    }

    @Test
    void shouldComeWithATokenThatTheHomesSecretHasSigned() throws Exception {
        answer(200, "[]");

        run("projections", "list");

        String[] parts = tokens.get(0).substring("Bearer ".length()).split("\\.");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(home.jwtSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(Base64.getUrlDecoder().decode(parts[2]))
                .isEqualTo(mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8)));
        JsonNode claims = new JsonMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(claims.path("roles").path(0).asString()).isEqualTo("operator");
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(300);
    }

    @Test
    void shouldAskForATokenOfAnotherSystem() {
        assertThat(run("projections", "list", "--url", "http://127.0.0.1:1")).isEqualTo(1);
        assertThat(err()).contains("set METACHAT_OPERATOR_TOKEN");
    }

    @Test
    void shouldExplainItself() {
        assertThat(run("projections", "--help")).isZero();
        assertThat(run("dead-letters", "discard", "--help")).isZero();
        assertThat(run("projections")).isEqualTo(2);
        assertThat(run("dead-letters", "show", "entries")).isEqualTo(2);
        assertThat(err()).contains("metachat projections list", "Missing required parameter: 'SEQUENCE'");
    }

    private static String projection(String name, int active, String lag, String more) {
        return ("{\"name\":\"%1$s\",\"active\":%2$d,\"lag\":%3$s,\"processors\":["
                        + "{\"group\":\"projection-%1$s-v%2$d\",\"version\":%2$d,\"segments\":"
                        + "[{\"segment\":0},{\"segment\":1}]}]%4$s}")
                .formatted(name, active, lag, more);
    }

    private void answer(int status, String body) {
        answers.add(new Answer(status, body));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
            Answer answer = answers.remove();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private int run(String... arguments) {
        return run(false, arguments);
    }

    private int run(boolean interactive, String... arguments) {
        Terminal terminal = new Terminal(print(out), print(err), interactive, false);
        CommandLine commandLine = MetachatCommand.commandLine(terminal);
        commandLine.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        commandLine.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        String[] all = new String[arguments.length + (arguments.length > 1 ? 2 : 0)];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        if (arguments.length > 1) {
            all[arguments.length] = "--home";
            all[arguments.length + 1] = directory.toString();
        }
        return commandLine.execute(all);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
