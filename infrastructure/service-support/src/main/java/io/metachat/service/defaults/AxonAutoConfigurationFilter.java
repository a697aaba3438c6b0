package io.metachat.service.defaults;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * Excludes the harmful ones of Axon's auto-configurations. A filter and not a property, because a service's own {@code
 * spring.autoconfigure.exclude} would silently replace the property.
 */
final class AxonAutoConfigurationFilter implements AutoConfigurationImportFilter {

    private static final String AXON = "org.axonframework.springboot.autoconfig.";

    private static final Set<String> LEFT_OUT = Set.of(
            // Does not find the registries of Boot 3 and adds its own, which would receive the metrics.
            AXON + "MicrometerMetricsAutoConfiguration",
            // Traces into the global OpenTelemetry, which Boot leaves unset.
            AXON + "OpenTelemetryAutoConfiguration",
            // Calls home.
            AXON + "UpdateCheckerAutoConfiguration");

    @Override
    public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
        boolean[] kept = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            String name = classes[i];
            kept[i] = name == null || !LEFT_OUT.contains(name);
        }
        return kept;
    }
}
