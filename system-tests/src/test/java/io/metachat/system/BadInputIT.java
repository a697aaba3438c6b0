package io.metachat.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.service.security.AccessTokens;
import io.metachat.service.security.JwtProperties;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What is refused is refused in the same form, and nothing is stored. */
@ExtendWith(SystemExtension.class)
class BadInputIT {

    private final MetaChatSystem system = SystemExtension.system();

    private record Case(
            String method, String path, @Nullable Object body, int status, String code) {}

    @Test
    void shouldRefuseEveryBrokenLimit() throws Exception {
        Diarist ada = Diarist.joins(system, "limits");
        String unknown = UUID.randomUUID().toString();
        List<String> tags = Collections.nCopies(51, "tag");
        Stream.of(
                        entry("x".repeat(201), "text", List.of()),
                        entry("", "text", List.of()),
                        entry("title", " ", List.of()),
                        entry("title", "x".repeat(100_001), List.of()),
                        entry("title", "text", tags),
                        entry("title", "text", List.of("x".repeat(51))),
                        entry("title", "text", List.of("")),
                        new Case(
                                "POST",
                                "/diary/entries",
                                "{\"title\":\"\\ud800\",\"text\":\"x\"}",
                                400,
                                "validation-failed"),
                        new Case(
                                "POST",
                                "/diary/entries",
                                Map.of("title", "t", "text", "t", "sessionId", "x"),
                                400,
                                "validation-failed"),
                        new Case(
                                "POST",
                                "/diary/entries",
                                Map.of("title", "t", "text", "t", "sessionId", unknown),
                                404,
                                "session-not-found"),
                        new Case(
                                "POST",
                                "/diary/entries",
                                Map.of("title", "t", "text", "t", "writtenAt", "2999-01-01T00:00:00Z"),
                                400,
                                "validation-failed"),
                        new Case("PATCH", "/diary/entries/" + unknown, Map.of("title", "t"), 404, "entry-not-found"),
                        new Case("DELETE", "/diary/entries/" + unknown, null, 404, "entry-not-found"),
                        new Case("GET", "/diary/entries/" + unknown, null, 404, "entry-not-found"),
                        new Case("GET", "/diary/entries/none", null, 400, "validation-failed"),
                        new Case("GET", "/diary/entries?cursor=nonsense", null, 400, "validation-failed"),
                        new Case("GET", "/diary/entries?limit=0", null, 400, "validation-failed"),
                        new Case("GET", "/diary/entries?limit=101", null, 400, "validation-failed"),
                        new Case("GET", "/diary/entries?limit=many", null, 400, "validation-failed"),
                        new Case("GET", "/mood/timeline?granularity=hour", null, 400, "validation-failed"),
                        new Case("GET", "/mood/timeline?from=2026-02-30", null, 400, "validation-failed"),
                        new Case("GET", "/mood/timeline?from=2026-02-02&to=2026-02-01", null, 400, "validation-failed"),
                        new Case("GET", "/users/" + unknown, null, 404, "user-not-found"),
                        new Case("GET", "/matches/" + unknown, null, 404, "match-not-found"),
                        new Case("POST", "/matches/" + unknown + "/accept", null, 404, "match-not-found"),
                        new Case("DELETE", "/matching/search", null, 404, "search-not-found"),
                        new Case("POST", "/matches", Map.of("userId", ada.userId()), 422, "match-with-oneself"),
                        new Case(
                                "PUT",
                                "/matching/preferences",
                                Map.of("enabled", true, "minAge", 15),
                                400,
                                "validation-failed"),
                        new Case("PUT", "/matching/preferences", Map.of("enabled", "yes"), 400, "validation-failed"),
                        new Case("PATCH", "/users/me", Map.of("bio", "x".repeat(2_001)), 400, "validation-failed"),
                        new Case(
                                "PATCH",
                                "/users/me",
                                Map.of("avatarUrl", "javascript:alert(1)"),
                                400,
                                "validation-failed"),
                        new Case("PATCH", "/users/me", Map.of("archetype", "wizard"), 400, "validation-failed"),
                        new Case("PATCH", "/users/me", Map.of("username", "other"), 400, "validation-failed"),
                        new Case(
                                "PUT",
                                "/users/me/modalities",
                                Map.of("modalities", List.of("smoke")),
                                400,
                                "validation-failed"),
                        new Case("PUT", "/users/" + ada.userId() + "/block", null, 422, "match-with-oneself"))
                .forEach(wrong -> expect(wrong, ada.request(wrong.method(), wrong.path(), wrong.body())));

        assertThat(ada.get("/diary/entries").at("/items").size()).isZero();
        try (StoredEvents stored = new StoredEvents(system)) {
            assertThat(stored.ofDiaryOrNothing(ada.userId())).isEmpty();
        }
    }

    @Test
    void shouldRefuseBrokenRegistrations() {
        String free = "free_" + UUID.randomUUID().toString().substring(0, 8);
        Stream.of(
                        registration("ab", free + "@example.org", Diarist.PASSWORD, "1990-01-01"),
                        registration("Capital", free + "@example.org", Diarist.PASSWORD, "1990-01-01"),
                        registration("x".repeat(31), free + "@example.org", Diarist.PASSWORD, "1990-01-01"),
                        registration(free, "not-an-address", Diarist.PASSWORD, "1990-01-01"),
                        registration(free, free + "@example.org", "short", "1990-01-01"),
                        registration(free, free + "@example.org", "x".repeat(129), "1990-01-01"),
                        registration(free, free + "@example.org", Diarist.PASSWORD, "2020-01-01"),
                        registration(free, free + "@example.org", Diarist.PASSWORD, "yesterday"))
                .forEach(body -> {
                    HttpResponse<String> answer = Diarist.send(
                            Diarist.json(system, "POST", "/auth/register", body).build());
                    expect(new Case("POST", "/auth/register", body, 400, "validation-failed"), answer);
                });
        HttpResponse<String> common = Diarist.send(Diarist.json(
                        system,
                        "POST",
                        "/auth/register",
                        registration(free, free + "@example.org", "password123", "1990-01-01"))
                .build());
        expect(new Case("POST", "/auth/register", null, 400, "weak-password"), common);

        HttpResponse<String> login = Diarist.send(
                Diarist.json(system, "POST", "/auth/login", Map.of("login", free, "password", Diarist.PASSWORD))
                        .build());
        expect(new Case("POST", "/auth/login", null, 401, "bad-credentials"), login);
    }

    @Test
    void shouldRefuseEveryTokenThatIsNotALivingPersons() {
        Diarist ada = Diarist.joins(system, "tokens");
        UUID id = UUID.fromString(ada.userId());
        JwtProperties ours = new JwtProperties(
                system.jwtSecret(),
                "https://metachat.invalid",
                "metachat-api",
                Duration.ofMinutes(15),
                Duration.ofSeconds(10));
        JwtProperties foreign = new JwtProperties(
                "another-secret-that-is-long-enough",
                ours.issuer(),
                ours.audience(),
                ours.accessTokenLifetime(),
                ours.clockSkew());
        Clock anHourAgo = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
        String[] parts = ada.token().split("\\.");
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes(StandardCharsets.UTF_8));

        Map<String, String> refused = new LinkedHashMap<>();
        refused.put(
                new AccessTokens(ours, anHourAgo).issue(id, Set.of(), "test").value(), "token-expired");
        refused.put(
                new AccessTokens(foreign, Clock.systemUTC())
                        .issue(id, Set.of(), "test")
                        .value(),
                "token-invalid");
        refused.put(none + "." + parts[1] + ".", "token-invalid");
        refused.put(none + "." + parts[1] + "." + parts[2], "token-invalid");
        refused.put(ada.refreshToken(), "token-invalid");
        refused.forEach((token, code) -> {
            HttpResponse<String> answer =
                    Diarist.send(Diarist.json(system, "POST", "/diary/entries", Map.of("title", "t", "text", "t"))
                            .header("Authorization", "Bearer " + token)
                            .build());
            expect(new Case("POST", "/diary/entries", null, 401, code), answer);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        });
        HttpResponse<String> without =
                Diarist.send(Diarist.json(system, "GET", "/diary/entries", null).build());
        expect(new Case("GET", "/diary/entries", null, 401, "token-missing"), without);

        assertThat(ada.get("/diary/entries").at("/items").size()).isZero();
    }

    @Test
    void shouldRefuseBodiesAndPreconditionsThatAreNotWhatIsAskedFor() {
        Diarist ada = Diarist.joins(system, "bodies");
        String entry = ada.writes("Kept", "This stays as it is.");
        String path = "/diary/entries/" + entry;

        expect(
                new Case("POST", "/diary/entries", null, 400, "validation-failed"),
                ada.request("POST", "/diary/entries", Map.of("title", "t", "text", "t", "mood", "joy")));
        expect(
                new Case("POST", "/diary/entries", null, 400, "validation-failed"),
                ada.request("POST", "/diary/entries", Map.of("title", 1, "text", List.of())));
        expect(
                new Case("POST", "/diary/entries", null, 413, "body-too-large"),
                ada.request("POST", "/diary/entries", Map.of("title", "t", "text", "x".repeat(10_000_000))));
        expect(
                new Case("PATCH", path, null, 412, "revision-mismatch"),
                ada.request("PATCH", path, Map.of("text", "Lost."), "If-Match", "\"7\""));
        expect(
                new Case("PATCH", path, null, 400, "validation-failed"),
                ada.request("PATCH", path, Map.of("text", "Lost."), "If-Match", "seven"));
        expect(
                new Case("DELETE", path, null, 412, "revision-mismatch"),
                ada.request("DELETE", path, null, "If-Match", "\"7\""));

        assertThat(ada.get(path).at("/text").stringValue()).isEqualTo("This stays as it is.");
        assertThat(ada.get("/diary/entries").at("/items").size()).isEqualTo(1);
    }

    private static Map<String, Object> registration(String username, String email, String password, String born) {
        return Map.of("username", username, "email", email, "password", password, "dateOfBirth", born);
    }

    private static Case entry(String title, String text, List<String> tags) {
        return new Case(
                "POST", "/diary/entries", Map.of("title", title, "text", text, "tags", tags), 400, "validation-failed");
    }

    private static void expect(Case wrong, HttpResponse<String> answer) {
        String what = wrong.method() + " " + wrong.path() + " → " + answer.statusCode() + " "
                + answer.body().substring(0, Math.min(400, answer.body().length()));
        assertThat(answer.statusCode()).as(what).isEqualTo(wrong.status());
        assertThat(answer.headers().firstValue("Content-Type")).as(what).hasValue("application/problem+json");
        JsonNode problem = Diarist.body(answer);
        assertThat(problem.at("/type").stringValue()).as(what).isEqualTo("urn:metachat:problem:" + wrong.code());
        assertThat(problem.at("/correlationId").stringValue()).as(what).isNotBlank();
    }
}
