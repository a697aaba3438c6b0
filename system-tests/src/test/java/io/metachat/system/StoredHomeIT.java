package io.metachat.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The data of an earlier build, under this one. The stored home was written by 0.1.0-SNAPSHOT of 30 November 2026: three
 * people; an entry that was edited, one that was deleted, an open session, keyed writes, and a search whose proposal
 * waits for an answer.
 */
class StoredHomeIT {

    private static final String HOME = "/home-of-0.1.0.zip";
    private static final String EDITED = "69e0a9f0-59e0-558f-aca8-7fc4051dcf63";
    private static final String DELETED = "44e3288f-bea8-5c29-9bdc-e358385b981c";
    private static final String MATCH = "862c1306-8d12-56f7-8ccc-99f6ca3ff832";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path home;

    private static MetaChatSystem system;

    @BeforeAll
    static void startOnTheStoredHome() throws IOException {
        system = MetaChatSystem.second(home);
        unpack(home);
        try {
            system.upTogether();
        } catch (AssertionError notReady) {
            system.down();
            throw notReady;
        }
    }

    @AfterAll
    static void stop() {
        system.down();
    }

    @Test
    void shouldLogPeopleInAndShowWhatTheyWrote() {
        Diarist vera = person("vera");

        assertThat(vera.get("/users/me").at("/bio").stringValue()).isEqualTo("Writes in the evening");
        assertThat(vera.get("/diary/entries").at("/items")).hasSize(2);
        JsonNode edited = vera.get("/diary/entries/" + EDITED);
        assertThat(edited.at("/revision").intValue()).isEqualTo(2);
        assertThat(edited.at("/text").stringValue()).isEqualTo("It rained all day, and still I was glad of the quiet.");
        assertThat(edited.at("/mood/status").stringValue()).isEqualTo("analysed");
        vera.call("GET", "/diary/entries/" + DELETED, null, 404);
    }

    @Test
    void shouldContinueTheSameDiary() {
        Diarist otto = person("otto");

        String entry = otto.writes("Years later", "I am happy that my diary is still here.");

        assertThat(otto.awaitMood(entry).at("/status").stringValue()).isEqualTo("analysed");
        assertThat(otto.get("/diary/entries").at("/items")).hasSize(3);
    }

    /** The saga that waits was written by the earlier build, and so was its deadline. */
    @Test
    void shouldFinishASearchThatWasWaiting() {
        Diarist vera = person("vera");
        Diarist lena = person("lena");

        lena.post("/matches/" + MATCH + "/accept", Map.of(), 200);
        vera.post("/matches/" + MATCH + "/accept", Map.of(), 200);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                vera.get("/matching/search").at("/state").stringValue())
                        .isEqualTo("matched"));
        assertThat(vera.get("/matches/" + MATCH).at("/state").stringValue()).isEqualTo("established");
    }

    @Test
    void shouldRebuildTheReadModelsFromTheEventsOfThatTime() {
        JsonNode before = person("vera").get("/diary/entries");

        for (String projection : new String[] {"entries", "users", "moods"}) {
            assertThat(system.run("projections", "rebuild", projection))
                    .containsPattern(projection + ": version \\d+ is active after");
        }

        assertThat(person("vera").get("/diary/entries")).isEqualTo(before);
        assertThat(system.run("dead-letters", "list")).contains("There are no dead letters.");
    }

    private static Diarist person(String name) {
        return Diarist.returns(system, name + "_of_old", Diarist.PASSWORD + " " + name);
    }

    private static void unpack(Path into) throws IOException {
        InputStream stored = Objects.requireNonNull(StoredHomeIT.class.getResourceAsStream(HOME));
        try (ZipInputStream zip = new ZipInputStream(stored)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = into.resolve(entry.getName()).normalize();
                assertThat(file.startsWith(into)).as(entry.getName()).isTrue();
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
    }
}
