package io.metachat.embedded.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The options of every embedded server.
 *
 * @param dataDirectory empty for a temporary one, which {@link EmbeddedServer#close()} deletes
 * @param log empty for {@code server.log} in the data directory
 */
public record EmbeddedServerOptions(
        Optional<Path> dataDirectory,
        Optional<Path> log,
        int heapMegabytes,
        Path javaHome,
        Duration startTimeout,
        Duration stopTimeout) {}
