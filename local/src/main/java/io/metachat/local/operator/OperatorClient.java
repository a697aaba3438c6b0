package io.metachat.local.operator;

import io.metachat.local.home.LocalException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP client for a service's operations. Refusals carry the service's own message. */
public final class OperatorClient {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final URI base;
    private final Supplier<String> tokens;

    /**
     * @param base the service's URL, for example {@code http://127.0.0.1:8083}
     * @param tokens supplies a valid access token for each request
     */
    public OperatorClient(URI base, Supplier<String> tokens) {
        this.base = base;
        this.tokens = tokens;
    }

    public JsonNode get(String path) {
        return exchange("GET", path);
    }

    public JsonNode post(String path) {
        return exchange("POST", path);
    }

    public JsonNode delete(String path) {
        return exchange("DELETE", path);
    }

    private JsonNode exchange(String method, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/operations" + path))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + tokens.get())
                .method(method, BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new LocalException(refusal(answer));
            }
            return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new LocalException(base + " did not answer as a MetaChat service does", e);
        } catch (IOException e) {
            throw new LocalException("no answer from " + base + ": is the service up?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalException("interrupted", e);
        }
    }

    private static String refusal(HttpResponse<String> answer) {
        try {
            JsonNode problem = JSON.readTree(answer.body());
            return "%s (status %d, correlation id %s)"
                    .formatted(
                            problem.path("detail").asString("refused without a reason"),
                            answer.statusCode(),
                            problem.path("correlationId").asString("none"));
        } catch (JacksonException notAProblem) {
            return "refused with status " + answer.statusCode();
        }
    }
}
