package io.metachat.projections;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The service's settings with their own defaults, but for what a test names. */
public final class TestProperties {

    private TestProperties() {}

    public static ProjectionProperties in(String keyspace) {
        return new Binder(new MapConfigurationPropertySource(Map.of("metachat.projections.keyspace", keyspace)))
                .bindOrCreate("metachat.projections", ProjectionProperties.class);
    }
}
