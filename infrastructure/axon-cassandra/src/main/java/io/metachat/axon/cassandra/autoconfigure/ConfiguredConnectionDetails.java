package io.metachat.axon.cassandra.autoconfigure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.cassandra.autoconfigure.CassandraConnectionDetails;
import org.springframework.core.env.Environment;

/** Spring Boot's connection details from {@code axon.cassandra.contact-points}, with Boot's own credentials. */
final class ConfiguredConnectionDetails implements CassandraConnectionDetails {

    private final List<Node> contactPoints;
    private final String localDatacenter;
    private final @Nullable String username;
    private final @Nullable String password;

    private ConfiguredConnectionDetails(
            List<Node> contactPoints, String localDatacenter, @Nullable String username, @Nullable String password) {
        this.contactPoints = contactPoints;
        this.localDatacenter = localDatacenter;
        this.username = username;
        this.password = password;
    }

    /** Reads the details from the starter's settings. */
    public static ConfiguredConnectionDetails of(AxonCassandraProperties properties, Environment environment) {
        return new ConfiguredConnectionDetails(
                properties.contactPoints().stream()
                        .map(point -> node(point, properties.port()))
                        .toList(),
                properties.localDatacenter(),
                environment.getProperty("spring.cassandra.username"),
                environment.getProperty("spring.cassandra.password"));
    }

    /** Reads {@code host}, {@code host:port}, {@code [IPv6]} or {@code [IPv6]:port}. */
    static Node node(String point, int defaultPort) {
        int colon = point.lastIndexOf(':');
        boolean hasPort = colon > point.lastIndexOf(']') && point.indexOf(':') == colon || point.contains("]:");
        return hasPort
                ? new Node(point.substring(0, colon), Integer.parseInt(point.substring(colon + 1)))
                : new Node(point, defaultPort);
    }

    @Override
    public List<Node> getContactPoints() {
        return contactPoints;
    }

    @Override
    public String getLocalDatacenter() {
        return localDatacenter;
    }

    @Override
    public @Nullable String getUsername() {
        return username;
    }

    @Override
    public @Nullable String getPassword() {
        return password;
    }
}
