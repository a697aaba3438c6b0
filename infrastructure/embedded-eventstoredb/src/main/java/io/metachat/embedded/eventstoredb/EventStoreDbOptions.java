package io.metachat.embedded.eventstoredb;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of a server. Start with {@link #defaults()} and change single options.
 *
 * @param host the address to listen on
 * @param port the port to listen on, 0 for a free one
 * @param data the data directory; empty for a temporary one, which is deleted when the server is closed
 * @param maxAppendSize the maximum size of all events of one append, in bytes
 * @param users the known users; if empty, everyone has full access and stream ACLs are ignored
 * @param tls the certificate and key for TLS; empty for plain text
 * @param reservedDiskBytes the free disk space below which writes are refused
 */
public record EventStoreDbOptions(
        String host,
        int port,
        Optional<Path> data,
        int maxAppendSize,
        List<EventStoreDbUser> users,
        Optional<EventStoreDbTls> tls,
        long reservedDiskBytes) {

    private static final int MEBIBYTE = 1 << 20;

    public EventStoreDbOptions {
        users = List.copyOf(users);
        if (port < 0 || port > 0xFFFF) {
            throw new IllegalArgumentException("a port must be from 0 to 65535: " + port);
        }
        if (maxAppendSize < 1 || maxAppendSize > 16 * MEBIBYTE) {
            throw new IllegalArgumentException("the append size limit must be from 1 byte to 16 MiB: " + maxAppendSize);
        }
        if (reservedDiskBytes < 0) {
            throw new IllegalArgumentException("the reserved disk space must not be negative: " + reservedDiskBytes);
        }
    }

    /**
     * Returns the defaults: a free port on the loopback address, temporary data, 1 MiB per append, no users, no TLS.
     */
    public static EventStoreDbOptions defaults() {
        return new EventStoreDbOptions(
                "127.0.0.1", 0, Optional.empty(), MEBIBYTE, List.of(), Optional.empty(), 64L * MEBIBYTE);
    }

    public EventStoreDbOptions withHost(String newHost) {
        return new EventStoreDbOptions(newHost, port, data, maxAppendSize, users, tls, reservedDiskBytes);
    }

    public EventStoreDbOptions withPort(int newPort) {
        return new EventStoreDbOptions(host, newPort, data, maxAppendSize, users, tls, reservedDiskBytes);
    }

    public EventStoreDbOptions withData(Path directory) {
        return new EventStoreDbOptions(
                host, port, Optional.of(directory), maxAppendSize, users, tls, reservedDiskBytes);
    }

    public EventStoreDbOptions withUsers(List<EventStoreDbUser> newUsers) {
        return new EventStoreDbOptions(host, port, data, maxAppendSize, newUsers, tls, reservedDiskBytes);
    }

    /** Adds users with full access, with their passwords. */
    public EventStoreDbOptions withCredentials(Map<String, String> passwordsByUser) {
        return withUsers(passwordsByUser.entrySet().stream()
                .map(user -> EventStoreDbUser.admin(user.getKey(), user.getValue()))
                .toList());
    }

    public EventStoreDbOptions withTls(EventStoreDbTls newTls) {
        return new EventStoreDbOptions(host, port, data, maxAppendSize, users, Optional.of(newTls), reservedDiskBytes);
    }

    public EventStoreDbOptions withReservedDiskBytes(long bytes) {
        return new EventStoreDbOptions(host, port, data, maxAppendSize, users, tls, bytes);
    }
}
