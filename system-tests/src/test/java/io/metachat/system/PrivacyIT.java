package io.metachat.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A diary is its writer's alone. */
@ExtendWith(SystemExtension.class)
class PrivacyIT {

    private static final String SECRET = "zanzibarquillow";

    private final MetaChatSystem system = SystemExtension.system();

    @Test
    void shouldHideADiaryFromEverybodyElse() {
        Diarist owner = Diarist.joins(system, "owner");
        Diarist stranger = Diarist.joins(system, "stranger");
        String entry = owner.writes("Secret " + SECRET, "Nobody may read this " + SECRET + ", I am so happy.");
        String session = owner.post("/diary/sessions", Map.of("title", SECRET), 201)
                .at("/id")
                .stringValue();
        owner.awaitMood(entry);

        for (String path : List.of("/diary/entries/" + entry, "/mood/entries/" + entry, "/diary/sessions/" + session)) {
            assertThat(stranger.request("GET", path, null).statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(stranger.request("PATCH", "/diary/entries/" + entry, Map.of("text", "Mine now."))
                        .statusCode())
                .isEqualTo(404);
        assertThat(stranger.request("DELETE", "/diary/entries/" + entry, null).statusCode())
                .isEqualTo(404);
        assertThat(stranger.request("POST", "/diary/sessions/" + session + "/end", null)
                        .statusCode())
                .isEqualTo(404);
        HttpResponse<String> intoIt =
                stranger.request("POST", "/diary/entries", Map.of("title", "t", "text", "t", "sessionId", session));
        assertThat(intoIt.statusCode()).isEqualTo(404);
        for (String path : List.of(
                "/diary/entries",
                "/diary/entries?sessionId=" + session,
                "/diary/sessions",
                "/users/me/export",
                "/mood/timeline")) {
            HttpResponse<String> answer = stranger.request("GET", path, null);
            assertThat(answer.body()).as(path).doesNotContain(SECRET);
        }
        assertThat(owner.get("/diary/entries/" + entry).at("/text").stringValue())
                .contains(SECRET);
    }

    @Test
    void shouldShowAStrangerOnlyThePublicPart() {
        Diarist owner = Diarist.joins(system, "public");
        Diarist stranger = Diarist.joins(system, "passerby");

        String seen = stranger.get("/users/" + owner.userId()).toString();

        assertThat(seen).contains(owner.username()).doesNotContain("email").doesNotContain("1990-04-01");
        assertThat(owner.get("/users/me").toString()).contains(owner.username() + "@example.org");
    }

    @Test
    void shouldLetNobodyWriteWhoIsForgotten() {
        Diarist leaving = Diarist.joins(system, "leaving");
        leaving.writes("Before", "This was mine.");

        leaving.call("DELETE", "/users/me", null, 204);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            HttpResponse<String> answer =
                    leaving.request("POST", "/diary/entries", Map.of("title", "After", "text", "Who is this?"));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        });
        assertThat(leaving.request("POST", "/matching/search", null).statusCode())
                .isIn(401, 404, 422);
        assertThat(leaving.request("GET", "/users/me", null).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldWriteNothingPersonalToTheLogs() {
        Diarist owner = Diarist.joins(system, "logged");
        String word = "xylocarpquandary";
        owner.awaitMood(owner.writes("About " + word, "I was so happy about the " + word + " and my friends."));
        owner.request("POST", "/diary/entries", Map.of("title", word, "text", word, "unknown", word));
        owner.request("POST", "/diary/entries", "{\"title\":\"" + word);
        owner.logsIn();

        assertThat(system.logs())
                .isNotEmpty()
                .doesNotContain(word)
                .doesNotContain(owner.username() + "@example.org")
                .doesNotContain(Diarist.PASSWORD)
                .doesNotContain(owner.token())
                .doesNotContain(owner.refreshToken());
    }
}
