package io.metachat.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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

        assertThat(said).containsPattern("entries is read in version \\d+, after");
        assertThat(ada.get("/diary/entries/" + entry).at("/title").stringValue())
                .isEqualTo("Before");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(system.run("projections", "list")).containsPattern("entries +v\\d+ +running +0 "));
        assertThat(system.run("dead-letters", "list")).contains("There are no dead letters.");
    }
}
