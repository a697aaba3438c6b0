package io.metachat.embedded.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a child process is run.
 *
 * @param name what people call it, as in "Kafka"
 * @param environment variables set beside the inherited ones
 * @param directory its working directory
 * @param log the file to which its output is appended
 * @param startTimeout how long it may take to become ready
 * @param stopTimeout how long it may take to stop in peace before it is killed
 */
public record ProcessSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path directory,
        Path log,
        ReadinessProbe readiness,
        Duration startTimeout,
        Duration stopTimeout) {

    public ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
