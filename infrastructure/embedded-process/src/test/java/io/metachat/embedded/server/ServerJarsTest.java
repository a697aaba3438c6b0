package io.metachat.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.embedded.process.ServerStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test resources hold a "server" of two files under META-INF/metachat/servers/sample. */
class ServerJarsTest {

    @TempDir
    Path cache;

    @Test
    void shouldUnpackTheJarsInTheOrderOfTheClassPath() throws IOException {
        ServerJars jars = ServerJars.unpack("sample", new CacheDirectory(cache));

        assertThat(jars.classPath())
                .extracting(jar -> jar.getFileName().toString())
                .containsExactly("b.jar", "a.jar");
        assertThat(jars.classPath().get(1)).hasContent("content of a");
        assertThat(jars.directory()).startsWith(cache);
        try (var files = Files.list(jars.directory())) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void shouldBringBackADeletedJar() throws IOException {
        ServerJars jars = ServerJars.unpack("sample", new CacheDirectory(cache));
        Files.delete(jars.classPath().get(0));

        ServerJars again = ServerJars.unpack("sample", new CacheDirectory(cache));

        assertThat(again).isEqualTo(jars);
        assertThat(again.classPath().get(0)).hasContent("content of b");
    }

    @Test
    void shouldUnpackOnceForManyAtTheSameTime() {
        List<ServerJars> unpacked = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> ServerJars.unpack("sample", new CacheDirectory(cache)))
                .distinct()
                .toList();

        assertThat(unpacked).hasSize(1);
        assertThat(unpacked.get(0).classPath())
                .allSatisfy(jar -> assertThat(jar).isNotEmptyFile());
    }

    @Test
    void shouldSayWhichArtefactIsMissing() {
        assertThatThrownBy(() -> ServerJars.unpack("unknown", new CacheDirectory(cache)))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("META-INF/metachat/servers/unknown/classpath");
    }
}
