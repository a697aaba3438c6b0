package io.metachat.benchmarks.entry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A diarist who writes through the public API. Thread-safe. */
final class Writer {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 20;

    private final URI api;
    private final String token;

    private Writer(URI api, String token) {
        this.api = api;
        this.token = token;
    }

    /**
     * An acknowledged entry.
     *
     * @param position the position of the write
     */
    record Written(String id, String position) {}

    static Writer register(URI api, int number) {
        String name = "bench" + number + "_" + UUID.randomUUID().toString().substring(0, 8);
        HttpRequest request = request(api, "/auth/register")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(
                        Map.of("username", name, "email", name + "@example.org", "password", "correct horse battery"))))
                .build();
        return new Writer(api, body(send(request), 201).at("/accessToken").stringValue());
    }

    Written write(String text) {
        HttpRequest request = signedIn("/diary/entries")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("title", "An entry", "text", text))))
                .build();
        HttpResponse<String> answer = send(request);
        String id = body(answer, 201).at("/id").stringValue();
        return new Written(
                id, answer.headers().firstValue("X-MetaChat-Position").orElseThrow());
    }

    /** @param deadline as {@link System#nanoTime()} */
    void awaitAnalysed(Written entry, long deadline) {
        while (!isAnalysed(entry)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("an entry was not analysed in time");
            }
            pause();
        }
    }

    private boolean isAnalysed(Written entry) {
        HttpResponse<String> answer = send(signedIn("/mood/entries/" + entry.id())
                .header("X-MetaChat-Min-Position", entry.position())
                .GET()
                .build());
        return answer.statusCode() != 202
                && body(answer, 200).at("/status").stringValue().equals("analysed");
    }

    private HttpRequest.Builder signedIn(String path) {
        return request(api, path).header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.Builder request(URI api, String path) {
        return HttpRequest.newBuilder(URI.create(api + path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json");
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri() + " did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static JsonNode body(HttpResponse<String> answer, int expected) {
        if (answer.statusCode() != expected) {
            throw new IllegalStateException(answer.uri().getPath() + " answered " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
