package io.metachat.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCommandTest {

    @TempDir
    Path directory;

    @Test
    void shouldShareAClassArchiveBetweenHeapSizes() throws Exception {
        Path jar = jar("server.jar", "classes");

        assertThat(command(jar, "-Xms64m", "-Xmx128m", "-XX:+UseSerialGC").archiveIdentity())
                .isEqualTo(
                        command(jar, "-Xms256m", "-Xmx512m", "-XX:+UseSerialGC").archiveIdentity());
    }

    @Test
    void shouldShareNoClassArchiveBetweenOtherOptionsOrJars() throws Exception {
        Path jar = jar("server.jar", "classes");
        String identity = command(jar, "-XX:+UseSerialGC").archiveIdentity();

        assertThat(command(jar, "-XX:+UseG1GC").archiveIdentity()).isNotEqualTo(identity);
        assertThat(command(jar("server-2.jar", "classes of a later version"), "-XX:+UseSerialGC")
                        .archiveIdentity())
                .isNotEqualTo(identity);
    }

    private Path jar(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    private static JavaCommand command(Path jar, String... options) {
        return new JavaCommand(Path.of("java-home"), List.of(options), Map.of(), List.of(jar), "Main", List.of());
    }
}
