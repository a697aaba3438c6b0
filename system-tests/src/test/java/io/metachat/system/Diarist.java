package io.metachat.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person with an account, over HTTP as any client. */
final class Diarist {

    static final String PASSWORD = "correct horse battery";

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final MetaChatSystem system;
    private final String username;
    private final String password;
    private JsonNode tokens;
    private @Nullable String position;

    private Diarist(MetaChatSystem system, String username, String password, JsonNode tokens) {
        this.system = system;
        this.username = username;
        this.password = password;
        this.tokens = tokens;
    }

    /** Somebody new. */
    static Diarist joins(MetaChatSystem system, String name) {
        String username = name + "_" + UUID.randomUUID().toString().substring(0, 8);
        HttpResponse<String> answer = send(json(
                        system,
                        "POST",
                        "/auth/register",
                        Map.of(
                                "username", username,
                                "email", username + "@example.org",
                                "password", PASSWORD,
                                "displayName", name,
                                "dateOfBirth", "1990-04-01"))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        Diarist diarist = new Diarist(system, username, PASSWORD, JSON.readTree(answer.body()));
        diarist.note(answer);
        return diarist;
    }

    /** Somebody who has an account already. */
    static Diarist returns(MetaChatSystem system, String username, String password) {
        Diarist diarist = new Diarist(system, username, password, JSON.createObjectNode());
        diarist.logsIn();
        return diarist;
    }

    String username() {
        return username;
    }

    String userId() {
        return tokens.at("/userId").stringValue();
    }

    String token() {
        return tokens.at("/accessToken").stringValue();
    }

    String refreshToken() {
        return tokens.at("/refreshToken").stringValue();
    }

    void logsIn() {
        HttpResponse<String> answer =
                send(json(system, "POST", "/auth/login", Map.of("login", username, "password", password))
                        .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        tokens = JSON.readTree(answer.body());
    }

    /** Writes an entry and returns its id. */
    String writes(String title, String text) {
        return body(call("POST", "/diary/entries", Map.of("title", title, "text", text), 201))
                .at("/id")
                .stringValue();
    }

    JsonNode get(String path) {
        return body(call("GET", path, null, 200));
    }

    JsonNode post(String path, Object body, int status) {
        return body(call("POST", path, body, status));
    }

    JsonNode put(String path, Object body) {
        return body(call("PUT", path, body, 200));
    }

    /** Waits until an entry's mood is known, and returns it. */
    JsonNode awaitMood(String entryId) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> get("/mood/entries/" + entryId),
                        mood -> !mood.at("/status").stringValue().equals("pending"));
    }

    /** Any request in this person's name; reads wait for what the person has written before. */
    HttpResponse<String> request(String method, String path, @Nullable Object body, String... headers) {
        HttpRequest.Builder request = json(system, method, path, body).header("Authorization", "Bearer " + token());
        if (position != null && method.equals("GET")) {
            request.header("X-MetaChat-Min-Position", position);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpResponse<String> answer = send(request.build());
        note(answer);
        return answer;
    }

    HttpResponse<String> call(String method, String path, @Nullable Object body, int status) {
        HttpResponse<String> answer = await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> request(method, path, body), got -> got.statusCode() != 202 || status == 202);
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, path, answer.body())
                .isEqualTo(status);
        return answer;
    }

    static JsonNode body(HttpResponse<String> answer) {
        return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static HttpRequest.Builder json(MetaChatSystem system, String method, String path, @Nullable Object body) {
        return HttpRequest.newBuilder(URI.create(system.api() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(
                                        body instanceof String raw ? raw : JSON.writeValueAsString(body)));
    }

    private void note(HttpResponse<String> answer) {
        answer.headers().firstValue("X-MetaChat-Position").ifPresent(reached -> position = reached);
    }
}
