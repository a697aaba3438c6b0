package io.metachat.local.demo;

import io.metachat.local.home.LocalException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of MetaChat's REST API for one user. Not thread-safe.
 *
 * <p>Every write has an idempotency key, so it can be repeated when its response is lost. Every read waits for the
 * position of the last write.
 */
final class Api {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MILLIS_BETWEEN_TRIES = 500;
    private static final int BEHIND = 202;
    private static final Set<Integer> TRY_AGAIN = Set.of(429, 502, 503, 504);

    private final HttpClient client;
    private final URI base;
    private @Nullable String token;
    private @Nullable String position;

    /** @param base the API's base URL, for example {@code http://127.0.0.1:8080/api/v1} */
    Api(HttpClient client, URI base) {
        this.client = client;
        this.base = base;
    }

    /** Sends this access token with every later request. */
    void signIn(String accessToken) {
        this.token = accessToken;
    }

    JsonNode post(String path, Object body) {
        return write("POST", path, body);
    }

    JsonNode put(String path, Object body) {
        return write("PUT", path, body);
    }

    JsonNode get(String path) {
        HttpRequest.Builder request = request(path).GET();
        Optional.ofNullable(position).ifPresent(last -> request.header("X-MetaChat-Min-Position", last));
        return exchange("GET", path, request.build(), true);
    }

    private JsonNode write(String method, String path, Object body) {
        HttpRequest request = keyed(request(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        return exchange(method, path, request, false);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(REQUEST_TIMEOUT)
                .header("Accept", "application/json");
        Optional.ofNullable(token).ifPresent(known -> request.header("Authorization", "Bearer " + known));
        return request;
    }

    private static HttpRequest.Builder keyed(HttpRequest.Builder request) {
        return request.header("Idempotency-Key", UUID.randomUUID().toString());
    }

    /** Repeats the request while the system is unavailable or its read model lags behind. */
    private JsonNode exchange(String method, String path, HttpRequest request, boolean isRead) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            Attempt attempt = attempt(request, isRead);
            if (attempt.answer() != null) {
                attempt.answer().headers().firstValue("X-MetaChat-Position").ifPresent(reached -> position = reached);
                return parsed(attempt.answer());
            }
            if (Instant.now().isAfter(deadline)) {
                throw new LocalException(method + " " + path + " failed: " + attempt.failure());
            }
            pause();
        }
    }

    /** A successful response, or the reason why this attempt failed. */
    private record Attempt(@Nullable HttpResponse<String> answer, String failure) {}

    private Attempt attempt(HttpRequest request, boolean isRead) {
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            int status = answer.statusCode();
            if (TRY_AGAIN.contains(status) || (isRead && status == BEHIND)) {
                return new Attempt(null, describe(answer));
            }
            if (status >= 300) {
                throw new LocalException(
                        request.method() + " " + request.uri().getPath() + " was refused: " + describe(answer));
            }
            return new Attempt(answer, "");
        } catch (IOException e) {
            return new Attempt(null, "no answer from " + base + " (" + e + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalException("interrupted", e);
        }
    }

    private static JsonNode parsed(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new LocalException(answer.uri().getPath() + " did not answer with JSON", e);
        }
    }

    /** Formats the problem document of a refusal. */
    private static String describe(HttpResponse<String> answer) {
        try {
            JsonNode problem = JSON.readTree(answer.body());
            return "%d %s: %s (correlation id %s)%s"
                    .formatted(
                            answer.statusCode(),
                            problem.path("title").asString(""),
                            problem.path("detail").asString(""),
                            problem.path("correlationId").asString("none"),
                            problem.has("errors") ? " " + problem.get("errors") : "");
        } catch (JacksonException notAProblem) {
            return Integer.toString(answer.statusCode());
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalException("interrupted", e);
        }
    }
}
