package io.metachat.service.defaults;

import io.metachat.service.logging.JsonLines;
import io.metachat.service.logging.ServiceName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives every service the same default settings, which the service, its environment and its command line override. Stops
 * the start with a sentence when a variable that {@code metachat.requires} lists is missing or malformed.
 */
final class ServiceDefaults implements EnvironmentPostProcessor, Ordered {

    static final String SOURCE = "metachat-service-defaults";

    private static final String NAME = "spring.application.name";
    private static final String REQUIRES = "metachat.requires";

    /** After the configuration files, which name the service and what it needs. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String name = environment.getProperty(NAME);
        if (name == null) {
            return;
        }
        ServiceName.set(name);
        environment.getPropertySources().addLast(new MapPropertySource(SOURCE, defaults(environment)));
        requireSettings(environment);
    }

    private static Map<String, Object> defaults(ConfigurableEnvironment environment) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        server(defaults);
        grpc(defaults);
        operations(defaults);
        logging(environment, defaults);
        axon(defaults);
        connections(environment, defaults);
        return defaults;
    }

    private static void server(Map<String, Object> defaults) {
        defaults.put("server.address", "127.0.0.1");
        defaults.put("server.shutdown", "graceful");
        defaults.put("spring.lifecycle.timeout-per-shutdown-phase", "15s");
        defaults.put("server.tomcat.threads.max", "32");
        defaults.put("spring.main.banner-mode", "off");
        defaults.put("spring.jmx.enabled", "false");
        // Only the gateway describes a public API, and enables this.
        defaults.put("springdoc.api-docs.enabled", "false");
        defaults.put("spring.main.log-startup-info", "false");
    }

    private static void grpc(Map<String, Object> defaults) {
        defaults.put("spring.grpc.server.address", "${server.address}");
        defaults.put("spring.grpc.server.port", "50051");
        defaults.put("spring.grpc.server.shutdown.grace-period", "10s");
        defaults.put("spring.grpc.server.keepalive.permit.time", "10s");
        defaults.put("spring.grpc.server.keepalive.permit.without-calls", "true");
        defaults.put("spring.grpc.server.reflection.enabled", "false");
        // Calls are counted by our own interceptor, under names that dashboards know.
        defaults.put("spring.grpc.server.observation.enabled", "false");
        // The server reports that it serves; /ready reports its dependencies.
        defaults.put("spring.grpc.server.health.schedule.enabled", "false");
    }

    // /health covers the process alone; /ready covers its dependencies.
    private static void operations(Map<String, Object> defaults) {
        defaults.put("management.endpoints.web.base-path", "/");
        defaults.put("management.endpoints.web.exposure.include", "health,prometheus");
        defaults.put("management.endpoints.web.discovery.enabled", "false");
        defaults.put("management.endpoints.jmx.exposure.exclude", "*");
        defaults.put("management.endpoints.web.path-mapping.prometheus", "metrics");
        defaults.put("management.endpoints.web.path-mapping.health", "health-groups");
        defaults.put("management.endpoint.health.probes.enabled", "true");
        defaults.put("management.endpoint.health.validate-group-membership", "false");
        defaults.put("management.endpoint.health.show-components", "never");
        defaults.put("management.endpoint.health.show-details", "never");
        defaults.put("management.endpoint.health.group.liveness.include", "livenessState");
        defaults.put("management.endpoint.health.group.liveness.additional-path", "server:/health");
        defaults.put("management.endpoint.health.group.readiness.include", "*");
        defaults.put("management.endpoint.health.group.readiness.exclude", "livenessState,diskSpace,ping,ssl");
        defaults.put("management.endpoint.health.group.readiness.show-components", "always");
        defaults.put("management.endpoint.health.group.readiness.additional-path", "server:/ready");
        // The global registry is the JVM's, and several services may share one.
        defaults.put("management.metrics.use-global-registry", "false");
        defaults.put("management.metrics.tags.service", "${" + NAME + "}");
        defaults.put("management.tracing.export.enabled", "false");
        defaults.put("management.otlp.metrics.export.enabled", "false");
    }

    private static void logging(ConfigurableEnvironment environment, Map<String, Object> defaults) {
        if (!"text".equalsIgnoreCase(environment.getProperty("LOG_FORMAT", "json"))) {
            defaults.put("logging.structured.format.console", JsonLines.class.getName());
        }
        defaults.put("logging.level.root", environment.getProperty("LOG_LEVEL", "info"));
        // Failed calls to the store are reported by readiness, not by a stack trace of the client each time.
        defaults.put("logging.level.org.axonframework.config.AxonIQConsoleModule", "warn");
        // These report a malformed request with a part of it.
        defaults.put("logging.level.org.apache.coyote", "warn");
        defaults.put("logging.level.org.apache.tomcat.util.http", "warn");
        defaults.put("logging.level.org.springframework.web.servlet.mvc.support", "error");
        defaults.put("logging.level.io.grpc", "warn");
        defaults.put("logging.level.org.apache.kafka", "warn");
        defaults.put("logging.level.org.apache.kafka.clients.NetworkClient", "error");
        defaults.put("logging.level.com.datastax.oss", "warn");
    }

    private static void axon(Map<String, Object> defaults) {
        defaults.put("axon.serializer.general", "jackson3");
        defaults.put("axon.serializer.events", "jackson3");
        defaults.put("axon.serializer.messages", "jackson3");
        defaults.put("axon.axonserver.enabled", "false");
        // The names under which MetaChat's metadata hold the correlation already.
        defaults.put("axon.eventstoredb.metadata.correlation-id-key", "$correlationId");
        defaults.put("axon.eventstoredb.metadata.causation-id-key", "$causationId");
    }

    private static void connections(ConfigurableEnvironment environment, Map<String, Object> defaults) {
        map(environment, "GRPC_PORT", "spring.grpc.server.port", defaults);
        map(environment, "JWT_SECRET", "metachat.security.jwt.secret", defaults);
        map(environment, "DIGEST_KEYS", "metachat.digests.keys", defaults);
        map(environment, "MANAGEMENT_PORT", "management.server.port", defaults);
        if (environment.containsProperty("MANAGEMENT_PORT") || environment.containsProperty("management.server.port")) {
            // A port of its own does not inherit the address, and would listen on all of them.
            defaults.put("management.server.address", "${server.address}");
        }
        map(environment, "EVENTSTORE_URL", "axon.eventstoredb.connection-string", defaults);
        map(environment, "CASSANDRA_HOSTS", "axon.cassandra.contact-points", defaults);
        map(environment, "CASSANDRA_HOSTS", "spring.cassandra.contact-points", defaults);
        map(environment, "KAFKA_BROKERS", "kafka.relay.brokers", defaults);
        defaults.put("kafka.relay.source", "/metachat/${" + NAME + "}");
        map(environment, "KAFKA_BROKERS", "spring.kafka.bootstrap-servers", defaults);
        defaults.put("spring.cassandra.local-datacenter", "datacenter1");
    }

    private static void map(
            ConfigurableEnvironment environment, String variable, String property, Map<String, Object> defaults) {
        if (environment.containsProperty(variable)) {
            defaults.put(property, "${" + variable + "}");
        }
    }

    private static void requireSettings(ConfigurableEnvironment environment) {
        Set<String> required = new LinkedHashSet<>();
        Arrays.stream(environment.getProperty(REQUIRES, "").split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .forEach(required::add);
        List<String> faults = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            boolean needed = required.remove(setting.name());
            String value = environment.getProperty(setting.name());
            if (needed || value != null) {
                setting.fault(value == null ? "" : value).ifPresent(faults::add);
            }
        }
        for (String unknown : required) {
            faults.add(REQUIRES + " names " + unknown + ", which is no setting of MetaChat.");
        }
        if (!faults.isEmpty()) {
            throw new InvalidSettingsException(faults);
        }
    }
}
