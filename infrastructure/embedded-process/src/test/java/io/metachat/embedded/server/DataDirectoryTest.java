package io.metachat.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.embedded.process.ProcessSpec;
import io.metachat.embedded.process.ServerProcess;
import io.metachat.embedded.process.ServerStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    private static final Duration BRIEFLY = Duration.ofMillis(200);

    @TempDir
    Path path;

    @Test
    void shouldKeepASecondServerOut() {
        DataDirectory.kept(path).claim(BRIEFLY);

        assertThatThrownBy(() -> DataDirectory.kept(path).claim(BRIEFLY))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("another server uses");
    }

    @Test
    void shouldLetASecondServerInAfterTheFirstReleasedIt() {
        DataDirectory first = DataDirectory.kept(path);
        first.claim(BRIEFLY);
        first.release();

        assertThatCode(() -> DataDirectory.kept(path).claim(BRIEFLY)).doesNotThrowAnyException();
    }

    @Test
    void shouldKeepOutWhileAProcessOfAFormerParentStillRuns() throws IOException {
        try (ServerProcess left = sleeping()) {
            noteOf(left);

            assertThatThrownBy(() -> DataDirectory.kept(path).claim(BRIEFLY))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("process " + left.pid() + " still uses");
        }
    }

    @Test
    void shouldWaitForAProcessOfAFormerParentThatIsStopping() throws IOException {
        try (ServerProcess stopping = sleeping()) {
            noteOf(stopping);
            ProcessHandle.of(stopping.pid()).orElseThrow().destroy();

            assertThatCode(() -> DataDirectory.kept(path).claim(Duration.ofSeconds(10)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void shouldNotMistakeAnotherProcessWithTheSameIdForTheServer() throws IOException {
        Files.writeString(path.resolve("server.pid"), ProcessHandle.current().pid() + " 2001-01-01T00:00:00Z");

        assertThatCode(() -> DataDirectory.kept(path).claim(BRIEFLY)).doesNotThrowAnyException();
    }

    @Test
    void shouldDeleteATemporaryDirectoryWithAllThatIsInIt() throws IOException {
        DataDirectory temporary = DataDirectory.temporary("test");
        temporary.claim(BRIEFLY);
        Files.writeString(temporary.emptySubdirectory("inner").resolve("file"), "content");

        temporary.release();

        assertThat(temporary.path()).doesNotExist();
    }

    /** As a parent leaves it that is killed while its server runs. */
    private void noteOf(ServerProcess server) throws IOException {
        DataDirectory former = DataDirectory.kept(path);
        former.claim(BRIEFLY);
        former.usedBy(server.pid());
        String note = Files.readString(path.resolve("server.pid"));
        former.release();
        Files.writeString(path.resolve("server.pid"), note);
    }

    private ServerProcess sleeping() {
        return ServerProcess.launch(new ProcessSpec(
                "Sleeper",
                List.of("/bin/sleep", "600"),
                Map.of(),
                path,
                path.resolve("server.log"),
                () -> true,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5)));
    }
}
