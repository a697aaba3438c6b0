package io.metachat.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** From an entry to a match. */
@ExtendWith(SystemExtension.class)
class MainJobIT {

    private final MetaChatSystem system = SystemExtension.system();

    @Test
    void shouldUnderstandWhatSomebodyWrites() {
        Diarist ada = Diarist.joins(system, "ada");

        String joy =
                ada.writes("Best day", "I am so happy! What a fun and wonderful day, we laughed and danced all night.");
        String grief = ada.writes(
                "Goodbye", "I am sad and lonely. I miss her so much, I cried all night, my heart is broken.");

        JsonNode happy = ada.awaitMood(joy);
        JsonNode sad = ada.awaitMood(grief);
        assertThat(happy.at("/status").stringValue()).isEqualTo("analysed");
        assertThat(happy.at("/dominant").stringValue()).isEqualTo("joy");
        assertThat(sad.at("/dominant").stringValue()).isEqualTo("sadness");
        assertThat(happy.at("/valence").doubleValue())
                .isGreaterThan(sad.at("/valence").doubleValue());
        assertThat(happy.at("/modelVersion").stringValue()).isNotBlank();

        assertThat(ada.get("/diary/entries/" + joy).at("/mood/dominant").stringValue())
                .isEqualTo("joy");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode portrait = ada.get("/mood/portrait");
            assertThat(portrait.at("/entriesAnalysed").intValue()).isEqualTo(2);
        });
        JsonNode timeline = ada.get("/mood/timeline?granularity=day");
        assertThat(timeline.at("/points/0/entries").intValue()).isEqualTo(2);
        JsonNode statistics = ada.get("/users/me/statistics");
        assertThat(statistics.at("/entries").intValue()).isEqualTo(2);
        assertThat(statistics.at("/currentStreakDays").intValue()).isEqualTo(1);
    }

    @Test
    void shouldAnalyseAnEditAgainAndForgetADeletedEntryAtOnce() {
        Diarist ben = Diarist.joins(system, "ben");
        String entry = ben.writes("Tuesday", "I am so happy, what a fun and wonderful day!");
        ben.awaitMood(entry);

        HttpResponse<String> edited = ben.request(
                "PATCH",
                "/diary/entries/" + entry,
                Map.of("text", "I am so angry and furious, I hate this!"),
                "If-Match",
                "\"1\"");
        assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
        assertThat(edited.headers().firstValue("ETag")).hasValue("\"2\"");
        assertThat(Diarist.body(edited).at("/title").stringValue()).isEqualTo("Tuesday");

        JsonNode mood = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> ben.get("/mood/entries/" + entry),
                        now -> now.at("/entryRevision").intValue() == 2
                                && now.at("/status").stringValue().equals("analysed"));
        assertThat(mood.at("/dominant").stringValue()).isEqualTo("anger");

        HttpResponse<String> lost = ben.request(
                "PATCH", "/diary/entries/" + entry, Map.of("text", "Something else entirely."), "If-Match", "\"1\"");
        assertThat(lost.statusCode()).isEqualTo(412);

        ben.call("DELETE", "/diary/entries/" + entry, null, 204);
        assertThat(ben.request("GET", "/diary/entries/" + entry, null).statusCode())
                .isEqualTo(404);
        assertThat(ben.get("/diary/entries").at("/items").size()).isZero();
    }

    @Test
    void shouldAnswerTheSameWriteOnce() throws Exception {
        Diarist cleo = Diarist.joins(system, "cleo");
        Map<String, Object> body = Map.of("title", "Once", "text", "This is written once only.");

        HttpResponse<String> first = cleo.request("POST", "/diary/entries", body, "Idempotency-Key", "one");
        HttpResponse<String> again = cleo.request("POST", "/diary/entries", body, "Idempotency-Key", "one");
        HttpResponse<String> other = cleo.request(
                "POST", "/diary/entries", Map.of("title", "Twice", "text", "Another."), "Idempotency-Key", "one");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(Diarist.body(again).at("/id")).isEqualTo(Diarist.body(first).at("/id"));
        assertThat(other.statusCode()).isEqualTo(422);
        try (StoredEvents stored = new StoredEvents(system)) {
            assertThat(stored.ofDiary(cleo.userId()).stream()
                            .filter(event -> event.type().equals("metachat.diary.EntryWritten.v1")))
                    .hasSize(1);
        }
    }

    @Test
    void shouldIntroduceTwoPeopleWhoBothAccept() throws Exception {
        Diarist dora = Diarist.joins(system, "dora");
        Diarist emil = Diarist.joins(system, "emil");
        for (Diarist person : List.of(dora, emil)) {
            for (int day = 0; day < 3; day++) {
                person.awaitMood(person.writes(
                        "Work " + day, "A happy, productive day at the office. I love my work and my team is great!"));
            }
            person.put("/matching/preferences", Map.of("enabled", true));
        }
        CompletableFuture<String> live = follow(dora, "match.established");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> Stream.of(dora.get("/matching/candidates"))
                        .anyMatch(page -> page.toString().contains(emil.userId())));
        JsonNode candidate = dora.get("/matching/compatibility/" + emil.userId());
        assertThat(candidate.at("/parts/mood").doubleValue()).isGreaterThan(0.8);

        JsonNode proposed = dora.post("/matches", Map.of("userId", emil.userId()), 201);
        String match = proposed.at("/id").stringValue();
        assertThat(proposed.at("/state").stringValue()).isEqualTo("proposed");
        JsonNode established = emil.post("/matches/" + match + "/accept", Map.of(), 200);
        assertThat(established.at("/state").stringValue()).isEqualTo("established");
        assertThat(dora.get("/matches/" + match).at("/score").doubleValue()).isBetween(0.0, 1.0);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                dora.get("/matches/" + match).at("/state").stringValue())
                        .isEqualTo("established"));
        assertThat(live.get(30, TimeUnit.SECONDS)).contains("event:match.established");
        HttpResponse<String> again = dora.request("POST", "/matches", Map.of("userId", emil.userId()));
        assertThat(again.statusCode()).isEqualTo(409);
    }

    /** Reads somebody's live stream until the named event. */
    private CompletableFuture<String> follow(Diarist person, String event) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(system.api() + "/events"))
                .header("Authorization", "Bearer " + person.token())
                .header("Accept", "text/event-stream")
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(request, BodyHandlers.ofLines())
                .thenApplyAsync(answer -> answer.body()
                        .filter(line -> line.startsWith("event:"))
                        .filter(line -> line.contains(event))
                        .findFirst()
                        .orElse("the stream ended"));
    }
}
