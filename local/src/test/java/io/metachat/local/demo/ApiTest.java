package io.metachat.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.metachat.local.home.LocalException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiTest {

    private record Answer(int status, String body, Map<String, String> headers) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Headers> requests = new ArrayList<>();
    private HttpServer server;
    private Api api;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1");
        api = new Api(HttpClient.newHttpClient(), base);
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void shouldSendAWriteAgainWithTheSameKeyWhileTheSystemIsAway() {
        answers.add(new Answer(503, "{}", Map.of()));
        answers.add(new Answer(201, "{\"id\":\"1\"}", Map.of()));

        assertThat(api.post("/diary/entries", Map.of()).get("id").asString()).isEqualTo("1");

        assertThat(requests).hasSize(2);
        assertThat(requests)
                .extracting(headers -> headers.getFirst("Idempotency-Key"))
                .doesNotContainNull();
        assertThat(requests.get(0).getFirst("Idempotency-Key"))
                .isEqualTo(requests.get(1).getFirst("Idempotency-Key"));
    }

    @Test
    void shouldGiveEachWriteAKeyOfItsOwn() {
        answers.add(new Answer(201, "{}", Map.of()));
        answers.add(new Answer(201, "{}", Map.of()));

        api.post("/diary/entries", Map.of());
        api.post("/diary/entries", Map.of());

        assertThat(requests.get(0).getFirst("Idempotency-Key"))
                .isNotEqualTo(requests.get(1).getFirst("Idempotency-Key"));
    }

    @Test
    void shouldReadItsOwnWrites() {
        answers.add(new Answer(201, "{}", Map.of("X-MetaChat-Position", "42")));
        answers.add(new Answer(202, "{}", Map.of()));
        answers.add(new Answer(200, "{\"items\":[]}", Map.of()));

        api.post("/diary/entries", Map.of());
        assertThat(api.get("/diary/entries").has("items")).isTrue();

        assertThat(requests.get(2).getFirst("X-MetaChat-Min-Position")).isEqualTo("42");
    }

    @Test
    void shouldSayWhatWasRefusedInTheProblemsOwnWords() {
        answers.add(new Answer(
                422, "{\"title\":\"Invalid\",\"detail\":\"title is too long\",\"correlationId\":\"c1\"}", Map.of()));

        assertThatThrownBy(() -> api.post("/diary/entries", Map.of()))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("POST /api/v1/diary/entries was refused: 422 Invalid: title is too long")
                .hasMessageContaining("c1");
    }

    @Test
    void shouldBearTheTokenOfWhoSignedIn() {
        answers.add(new Answer(200, "{}", Map.of()));
        api.signIn("secret");

        api.get("/users/me");

        assertThat(requests.get(0).getFirst("Authorization")).isEqualTo("Bearer secret");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestHeaders());
            Answer answer = answers.remove();
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
