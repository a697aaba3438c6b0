package io.metachat.embedded.server;

import io.metachat.embedded.process.ServerStartException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * A server's jars. One artefact ({@code cassandra-server}, {@code kafka-server}) contains them, so that none of them is
 * on the caller's class path. They are unpacked to a cache on first use.
 *
 * @param directory the cache directory of exactly these jars
 * @param classPath the unpacked jars in the order of the server's own class path
 */
public record ServerJars(Path directory, List<Path> classPath) {

    private static final String ROOT = "META-INF/metachat/servers/";

    public ServerJars {
        classPath = List.copyOf(classPath);
    }

    /**
     * Unpacks missing jars. Several processes may do so at the same time.
     *
     * @param server the server's name in its artefact, for example "kafka"
     */
    public static ServerJars unpack(String server, CacheDirectory cache) {
        String resources = ROOT + server + "/";
        try {
            String classPath = new String(read(resources + "classpath"), StandardCharsets.UTF_8).strip();
            Path directory = cache.entry(server, classPath);
            List<Path> jars = Arrays.stream(classPath.split(":"))
                    .map(entry -> directory.resolve(entry.substring(entry.lastIndexOf('/') + 1)))
                    .toList();
            Files.createDirectories(directory);
            for (Path jar : jars) {
                if (!Files.exists(jar)) {
                    unpack(resources + "lib/" + jar.getFileName(), jar);
                }
            }
            return new ServerJars(directory, jars);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack the jars of " + server + " to " + cache.root(), e);
        }
    }

    /** Writes to a temporary file and moves it, so that no other process sees an incomplete jar. */
    private static void unpack(String resource, Path jar) throws IOException {
        Path written = Files.createTempFile(jar.getParent(), "unpacking-", ".tmp");
        try (InputStream content = open(resource)) {
            Files.copy(content, written, StandardCopyOption.REPLACE_EXISTING);
            Files.move(written, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static byte[] read(String resource) throws IOException {
        try (InputStream content = open(resource)) {
            return content.readAllBytes();
        }
    }

    private static InputStream open(String resource) {
        InputStream content = ServerJars.class.getClassLoader().getResourceAsStream(resource);
        if (content == null) {
            throw new ServerStartException(
                    "the class path has no " + resource + ": the artefact with the server's jars is missing");
        }
        return content;
    }
}
