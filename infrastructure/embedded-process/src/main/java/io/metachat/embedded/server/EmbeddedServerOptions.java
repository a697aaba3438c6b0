package io.metachat.embedded.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What every embedded server is told.
 *
 * @param dataDirectory absent for a temporary one that is deleted by {@link EmbeddedServer#close()}
 * @param log absent for {@code server.log} in the data directory
 */
public record EmbeddedServerOptions(
        Optional<Path> dataDirectory,
        Optional<Path> log,
        int heapMegabytes,
        Path javaHome,
        Duration startTimeout,
        Duration stopTimeout) {}
