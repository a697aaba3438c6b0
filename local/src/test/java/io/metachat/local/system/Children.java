package io.metachat.local.system;

import io.metachat.embedded.process.ProcessSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Components that are small shell programs. */
final class Children {

    private final Path directory;

    Children(Path directory) {
        this.directory = directory;
    }

    /** Runs until it is told to stop; ready as soon as it has noted its start and process id. */
    Component running(String name) {
        return of(name, "echo $$ >> " + starts(name) + "; touch " + ready(name) + "; exec sleep 600");
    }

    /** Never becomes ready. */
    Component hanging(String name) {
        return of(name, "exec sleep 600");
    }

    /** Ends at once. */
    Component failing(String name) {
        return of(name, "echo $$ >> " + starts(name) + "; echo no luck; exit 3");
    }

    /** One line per start. */
    Path starts(String name) {
        return directory.resolve(name + ".starts");
    }

    private Path ready(String name) {
        return directory.resolve(name + ".ready");
    }

    private Component of(String name, String script) {
        return Component.of(
                name,
                List.of(),
                new ProcessSpec(
                        name,
                        List.of("/bin/sh", "-c", script),
                        Map.of(),
                        directory,
                        directory.resolve(name + ".log"),
                        () -> Files.exists(ready(name)),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(5)));
    }
}
