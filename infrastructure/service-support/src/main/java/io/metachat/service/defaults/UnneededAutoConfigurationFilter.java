package io.metachat.service.defaults;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Excludes the auto-configurations of servers that the service does not require. The class path does not determine
 * this, because several services may share one process. A service without a list of requirements gets all of them.
 */
final class UnneededAutoConfigurationFilter implements AutoConfigurationImportFilter, EnvironmentAware {

    /** It would serve {@code /error} to anybody; {@code io.metachat.service.http} reports failures instead. */
    private static final String ERROR_PAGES =
            "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration";

    private static final Map<String, String> NEEDS = Map.ofEntries(
            Map.entry("org.axonframework.springboot.", "EVENTSTORE_URL"),
            Map.entry("io.metachat.axon.eventstoredb.", "EVENTSTORE_URL"),
            Map.entry("io.metachat.domain.axon.", "EVENTSTORE_URL"),
            Map.entry("io.metachat.service.command.", "EVENTSTORE_URL"),
            Map.entry("io.metachat.service.correlation.Axon", "EVENTSTORE_URL"),
            Map.entry("io.metachat.service.json.Axon", "EVENTSTORE_URL"),
            Map.entry("io.metachat.service.health.Axon", "EVENTSTORE_URL"),
            Map.entry("io.metachat.service.position.", "EVENTSTORE_URL"),
            Map.entry("io.metachat.axon.cassandra.", "CASSANDRA_HOSTS"),
            Map.entry("org.springframework.boot.cassandra.", "CASSANDRA_HOSTS"),
            Map.entry("org.springframework.boot.data.cassandra.", "CASSANDRA_HOSTS"),
            Map.entry("io.metachat.kafka.relay.", "KAFKA_BROKERS"),
            Map.entry("io.metachat.service.health.Kafka", "KAFKA_BROKERS"),
            Map.entry("org.axonframework.extensions.kafka.", "KAFKA_BROKERS"),
            Map.entry("org.springframework.boot.kafka.", "KAFKA_BROKERS"));

    private @Nullable Set<String> required;

    @Override
    public void setEnvironment(Environment environment) {
        String requires = environment.getProperty("metachat.requires");
        required = requires == null
                ? null
                : Arrays.stream(requires.split(",")).map(String::trim).collect(Collectors.toSet());
    }

    @Override
    public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
        boolean[] kept = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            String name = classes[i];
            kept[i] = name == null || !name.equals(ERROR_PAGES) && isNeeded(name);
        }
        return kept;
    }

    private boolean isNeeded(String name) {
        Set<String> variables = required;
        return variables == null
                || NEEDS.entrySet().stream()
                        .filter(need -> name.startsWith(need.getKey()))
                        .allMatch(need -> variables.contains(need.getValue()));
    }
}
