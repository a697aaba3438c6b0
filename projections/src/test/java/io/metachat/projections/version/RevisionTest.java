package io.metachat.projections.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.projections.TestProperties;
import io.metachat.projections.entry.EntryProjection;
import io.metachat.projections.match.MatchProjection;
import io.metachat.projections.mood.MoodProjection;
import io.metachat.projections.notification.NotificationProjection;
import io.metachat.projections.session.SessionProjection;
import io.metachat.projections.table.Projection;
import io.metachat.projections.user.UserProjection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A changed table needs an incremented revision of its projection: otherwise an older build's tables would never be replaced. */
class RevisionTest {

    private static final List<Projection> PROJECTIONS = List.of(
            EntryProjection.entries(),
            MatchProjection.matches(),
            MoodProjection.moods(),
            NotificationProjection.notifications(TestProperties.in("ks"), Clock.systemUTC()),
            SessionProjection.sessions(),
            UserProjection.users());

    @Test
    void shouldHaveTheTablesThatAreWrittenDownForItsRevision() throws IOException {
        List<String> declared = PROJECTIONS.stream()
                .flatMap(projection -> projection.tables().stream()
                        .map(table -> projection.name() + " revision " + projection.revision() + ": "
                                + table.create("ks", 0).substring("CREATE TABLE IF NOT EXISTS ks.".length())))
                .sorted()
                .toList();

        assertThat(declared)
                .as("revisions.txt is only ever added to: a changed table is a new revision with lines of its own")
                .allMatch(writtenDown().toList()::contains);
        assertThat(declared)
                .as("all tables of each projection's current revision")
                .containsExactlyInAnyOrderElementsOf(
                        writtenDown().filter(RevisionTest::isCurrent).toList());
    }

    private static boolean isCurrent(String line) {
        return PROJECTIONS.stream()
                .anyMatch(
                        projection -> line.startsWith(projection.name() + " revision " + projection.revision() + ":"));
    }

    private static Stream<String> writtenDown() throws IOException {
        try (InputStream file = RevisionTest.class.getResourceAsStream("revisions.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines();
        }
    }
}
