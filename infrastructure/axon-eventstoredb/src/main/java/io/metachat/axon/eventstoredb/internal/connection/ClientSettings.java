package io.metachat.axon.eventstoredb.internal.connection;

import com.eventstore.dbclient.ConnectionSettingsBuilder;
import com.eventstore.dbclient.EventStoreDBClientSettings;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import io.grpc.ClientInterceptor;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Client settings from a connection string. Unlike the client's own parser, this one accepts ports above 32767 in seed
 * lists, and adds an interceptor to the channel.
 */
public final class ClientSettings {

    private static final int DEFAULT_PORT = 2113;
    private static final Pattern PARTS = Pattern.compile("(esdb(?:\\+discover)?://(?:[^@/?]*@)?)([^/?@]+)(.*)");

    private final String options;
    private final List<String> hosts;
    private final ClientInterceptor interceptor;

    /**
     * @throws IllegalArgumentException when the string is not a connection string; the message does not contain it,
     *     because it may hold a password
     */
    public ClientSettings(String connectionString, ClientInterceptor interceptor) {
        Matcher parts = PARTS.matcher(connectionString);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not an esdb:// or esdb+discover:// connection string");
        }
        this.hosts = List.of(parts.group(2).split(","));
        this.options = parts.group(1) + hosts.get(0) + parts.group(3);
        this.interceptor = interceptor;
        resolve();
    }

    /** Returns the client's settings, with host names resolved now: addresses may have changed since the last session. */
    public EventStoreDBClientSettings resolve() {
        EventStoreDBClientSettings parsed = parsed();
        ConnectionSettingsBuilder copy = EventStoreDBClientSettings.builder()
                .dnsDiscover(parsed.isDnsDiscover())
                .maxDiscoverAttempts(parsed.getMaxDiscoverAttempts())
                .discoveryInterval(parsed.getDiscoveryInterval())
                .gossipTimeout(parsed.getGossipTimeout())
                .nodePreference(parsed.getNodePreference())
                .tls(parsed.isTls())
                .tlsVerifyCert(parsed.isTlsVerifyCert())
                .defaultCredentials(parsed.getDefaultCredentials())
                .defaultClientCertificate(parsed.getDefaultClientCertificate())
                .keepAliveTimeout(parsed.getKeepAliveTimeout())
                .keepAliveInterval(parsed.getKeepAliveInterval())
                .tlsCaFile(parsed.getTlsCaFile())
                .features(parsed.getFeatures().toArray(String[]::new))
                .addInterceptor(interceptor);
        Long deadline = parsed.getDefaultDeadline();
        if (deadline != null) {
            copy.defaultDeadline(deadline);
        }
        // The builder prepends each host.
        for (int i = hosts.size() - 1; i >= 0; i--) {
            copy.addHost(address(hosts.get(i)));
        }
        return copy.buildConnectionSettings();
    }

    private EventStoreDBClientSettings parsed() {
        try {
            return EventStoreDBConnectionString.parseOrThrow(options);
        } catch (RuntimeException e) {
            // The message may contain the string, and so a password.
            throw new IllegalArgumentException(
                    "Not a usable connection string (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static InetSocketAddress address(String host) {
        int colon = host.lastIndexOf(':');
        try {
            return colon < 0
                    ? new InetSocketAddress(host, DEFAULT_PORT)
                    : new InetSocketAddress(host.substring(0, colon), Integer.parseInt(host.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Not a port in the connection string: " + host);
        }
    }
}
