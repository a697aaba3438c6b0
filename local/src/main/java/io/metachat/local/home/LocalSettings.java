package io.metachat.local.home;

import java.nio.file.Path;
import java.util.Set;

/**
 * The settings of a local MetaChat.
 *
 * @param root the project's directory
 * @param separate the services that run in a JVM of their own
 */
public record LocalSettings(Path root, Home home, PortPlan ports, Set<Service> separate) {

    public LocalSettings {
        separate = Set.copyOf(separate);
    }
}
