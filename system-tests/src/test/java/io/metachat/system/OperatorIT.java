package io.metachat.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What an operator does from the terminal, with a token that the services believe. */
@ExtendWith(SystemExtension.class)
class OperatorIT {

    private final MetaChatSystem system = SystemExtension.system();

    @Test
    void shouldRebuildAReadModelThatIsReadMeanwhileAndAfterwards() {
        Diarist ada = Diarist.joins(system, "operated");
        String entry = ada.writes("Before", "I am happy today.");
        assertThat(system.run("projections", "list"))
                .contains("entries", "matches", "moods", "notifications", "sessions", "users");

        String said = system.run("projections", "rebuild", "entries");

        assertThat(said).containsPattern("entries: version \\d+ is active after");
        assertThat(ada.get("/diary/entries/" + entry).at("/title").stringValue())
                .isEqualTo("Before");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(system.run("projections", "list")).containsPattern("entries +v\\d+ +running +0 "));
        assertThat(system.run("dead-letters", "list")).contains("There are no dead letters.");
    }

    @Test
    void shouldChangeNothingWhenTheSameModelReadsAnEntryAgain() throws Exception {
        Diarist ben = Diarist.joins(system, "again");
        String entry = ben.writes("Read twice", "I am happy that this is read twice and counted once.");
        JsonNode mood = ben.awaitMood(entry);

        String said = system.run(
                "reanalyse", "--since", Instant.now().minusSeconds(60).toString());

        assertThat(said).containsPattern("[1-9][0-9,]* entries were sent to the mood-service");
        // What a diary writes is read in order: once the next entry has a mood, the one before has been read again.
        ben.awaitMood(ben.writes("After", "I am happy about the next one, too."));
        assertThat(ben.get("/mood/entries/" + entry)).isEqualTo(mood);
        try (StoredEvents stored = new StoredEvents(system)) {
            assertThat(stored.count(ben.userId(), "metachat.diary.EntryAnalysed.v1", entry))
                    .isEqualTo(1);
        }
    }
}
