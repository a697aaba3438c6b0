package io.metachat.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The embedded event store and a client that shares no line with the one its other tests use: Node.js's, which appends by
 * BatchAppend. The script installs what it needs.
 */
class NodeClientIT {

    private static final Path SCRIPT = Path.of("scripts", "node-client");

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void shouldServeTheClientForNode() throws Exception {
        try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.startTemporary()) {
            Process script = new ProcessBuilder(SCRIPT.toString(), server.connectionString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(script.waitFor()).as(output).isZero();
            assertThat(output).contains("ok      appends and reads both ways").endsWith(" passed, 0 failed\n");
        }
    }
}
