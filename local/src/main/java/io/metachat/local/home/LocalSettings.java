package io.metachat.local.home;

import java.nio.file.Path;
import java.util.Set;

/**
 * What a local MetaChat is made of.
 *
 * @param root the project's directory
 * @param separate the services that get a JVM of their own
 */
public record LocalSettings(Path root, Home home, PortPlan ports, Set<Service> separate) {

    public LocalSettings {
        separate = Set.copyOf(separate);
    }
}
