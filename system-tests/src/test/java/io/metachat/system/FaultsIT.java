package io.metachat.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Processes are killed and come back; what was acknowledged is there, and analysed once. */
@ExtendWith(SystemExtension.class)
class FaultsIT {

    private static final String WRITTEN = "metachat.diary.EntryWritten.v1";
    private static final int ENTRIES_OF_EACH = 4;
    private static final Pattern USER = Pattern.compile("user ([0-9a-f-]{36})");

    private final MetaChatSystem system = SystemExtension.system();

    @Test
    void shouldLoseNoAcknowledgedEntryWhenTheDiaryServiceIsKilled() throws Exception {
        Diarist ada = Diarist.joins(system, "killed");
        List<String> acknowledged = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            if (i == 10) {
                system.kill("diary-service");
            }
            acknowledged.add(writeAgainUntilAcknowledged(ada, i));
        }

        assertThat(new HashSet<>(acknowledged)).hasSize(20);
        expectAnalysedOnce(ada, acknowledged);
    }

    @Test
    void shouldLoseNothingOfTheDemoWhenTheDiaryServiceIsKilledWhileItWrites() throws Exception {
        String said = demoWhoseWritingIsInterrupted();

        List<String> people =
                USER.matcher(said).results().map(person -> person.group(1)).toList();
        assertThat(people).hasSize(4);
        assertThat(said).contains("Established:");
        try (StoredEvents stored = new StoredEvents(system)) {
            for (String person : people) {
                Map<String, Long> written = entriesOf(stored.ofDiary(person), WRITTEN);
                assertThat(written).hasSize(ENTRIES_OF_EACH);
                assertThat(written.values()).containsOnly(1L);
                assertThat(entriesOf(stored.ofDiary(person), "metachat.diary.EntryAnalysed.v1"))
                        .isEqualTo(written);
            }
        }
    }

    /** Runs the demo, and again where it was faster than the kill; returns what it said. */
    private String demoWhoseWritingIsInterrupted() throws Exception {
        try (StoredEvents stored = new StoredEvents(system)) {
            for (int attempt = 0; attempt < 5; attempt++) {
                long before = stored.countOf(WRITTEN);
                CompletableFuture<String> demo = CompletableFuture.supplyAsync(() -> system.run("demo"));
                await().atMost(Duration.ofSeconds(60))
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> stored.countOf(WRITTEN) > before);
                system.kill("diary-service");
                // It comes back some seconds later: what is there now was there before the kill.
                boolean interrupted = stored.countOf(WRITTEN) - before < 4 * ENTRIES_OF_EACH;
                String said = demo.get(3, TimeUnit.MINUTES);
                if (interrupted) {
                    return said;
                }
            }
        }
        throw new AssertionError("The demo always had written everything before the kill");
    }

    private static Map<String, Long> entriesOf(List<StoredEvents.Stored> events, String type) {
        return events.stream()
                .filter(event -> event.type().equals(type))
                .collect(Collectors.groupingBy(
                        event -> event.data().at("/entryId").stringValue(), Collectors.counting()));
    }

    @Test
    void shouldAnalyseOnceWhatWasWrittenWhileTheMoodServiceWasAway() throws Exception {
        Diarist ben = Diarist.joins(system, "away");
        system.signal("mood-service", "STOP");
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            written.add(ben.writes("Away " + i, "I am happy about this and that, number " + i + "."));
        }
        assertThat(ben.get("/mood/entries/" + written.get(0)).at("/status").stringValue())
                .isEqualTo("pending");
        // Killed where it stands: what it had read and not published is read again.
        system.kill("mood-service");

        expectAnalysedOnce(ben, written);
    }

    /** What one process of five services wrote, five processes read: the services share nothing but the stores. */
    @Test
    void shouldKeepEverythingOverARestartOfEachServiceByItself() throws Exception {
        Diarist cleo = Diarist.joins(system, "restart");
        String entry = cleo.writes("Before", "I am happy that this will still be here.");
        JsonNode mood = cleo.awaitMood(entry);
        cleo.put("/matching/preferences", Map.of("enabled", true, "minAge", 20));

        system.down();
        system.upSeparately();

        cleo.logsIn();
        assertThat(cleo.get("/diary/entries/" + entry).at("/title").stringValue())
                .isEqualTo("Before");
        assertThat(cleo.get("/mood/entries/" + entry).at("/emotions")).isEqualTo(mood.at("/emotions"));
        assertThat(cleo.get("/matching/preferences").at("/minAge").intValue()).isEqualTo(20);
        String after = cleo.writes("After", "And now I am happy again.");
        cleo.awaitMood(after);
        expectAnalysedOnce(cleo, List.of(entry, after));
    }

    /** As a client does: the same key until there is an answer. */
    private static String writeAgainUntilAcknowledged(Diarist person, int number) {
        String key = UUID.randomUUID().toString();
        Map<String, Object> body =
                Map.of("title", "Number " + number, "text", "I am glad to write number " + number + " today.");
        HttpResponse<String> answer = await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> person.request("POST", "/diary/entries", body, "Idempotency-Key", key),
                        got -> got.statusCode() < 500);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Diarist.body(answer).at("/id").stringValue();
    }

    private void expectAnalysedOnce(Diarist person, List<String> entries) throws Exception {
        for (String entry : entries) {
            JsonNode mood = person.awaitMood(entry);
            assertThat(mood.at("/status").stringValue()).isEqualTo("analysed");
        }
        Set<String> listed = new HashSet<>();
        for (JsonNode item : person.get("/diary/entries?limit=100").at("/items")) {
            listed.add(item.at("/id").stringValue());
        }
        assertThat(listed).containsExactlyInAnyOrderElementsOf(entries);
        try (StoredEvents stored = new StoredEvents(system)) {
            for (String entry : entries) {
                assertThat(stored.count(person.userId(), "metachat.diary.EntryWritten.v1", entry))
                        .isEqualTo(1);
                assertThat(stored.count(person.userId(), "metachat.diary.EntryAnalysed.v1", entry))
                        .isEqualTo(1);
            }
        }
    }
}
