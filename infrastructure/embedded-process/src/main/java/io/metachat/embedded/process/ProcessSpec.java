package io.metachat.embedded.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The specification of a child process.
 *
 * @param name the name for people, for example "Kafka"
 * @param environment variables in addition to the inherited ones
 * @param directory its working directory
 * @param log the file to which its output is appended
 * @param startTimeout the time limit to become ready
 * @param stopTimeout the time limit to stop gracefully, after which it is killed
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
