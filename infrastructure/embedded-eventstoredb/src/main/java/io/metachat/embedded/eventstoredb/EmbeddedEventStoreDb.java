package io.metachat.embedded.eventstoredb;

import io.metachat.embedded.eventstoredb.internal.node.Node;
import io.metachat.embedded.eventstoredb.internal.rpc.RpcSettings;
import io.metachat.embedded.eventstoredb.internal.rpc.access.User;
import io.metachat.embedded.eventstoredb.internal.rpc.faults.FaultPlan;
import io.metachat.embedded.eventstoredb.internal.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * A single-node server for EventStoreDB clients. It is a compatible development server, not EventStoreDB.
 *
 * <pre>{@code
 * try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.start(directory)) {
 *     EventStoreDBClient client = EventStoreDBClient.create(
 *             EventStoreDBConnectionString.parseOrThrow(server.connectionString()));
 * }
 * }</pre>
 *
 * <p>Every acknowledged write is on disk. The methods may be called from any thread.
 */
public final class EmbeddedEventStoreDb implements AutoCloseable {

    private final EventStoreDbOptions options;
    private final Path data;
    private final FaultPlan faultPlan = new FaultPlan();
    private final Faults faults = new Faults(faultPlan, () -> running().rpc());

    /** Stays the same over restarts, even if it was chosen. */
    private int port;

    private @Nullable Node node;

    private EmbeddedEventStoreDb(EventStoreDbOptions options, Path data) {
        this.options = options;
        this.data = data;
        this.port = options.port();
    }

    /** Starts a server on a free port, with its data in the given directory. */
    public static EmbeddedEventStoreDb start(Path data) {
        return start(EventStoreDbOptions.defaults().withData(data));
    }

    /** Starts a server on a free port whose events are deleted when it is closed. */
    public static EmbeddedEventStoreDb startTemporary() {
        return start(EventStoreDbOptions.defaults());
    }

    /**
     * Starts a server.
     *
     * @throws EventStoreDbStartException if the port is taken, the directory cannot be used, or the class path has the
     *     wrong {@code com.google.rpc.Status} first
     */
    public static EmbeddedEventStoreDb start(EventStoreDbOptions options) {
        ClassPath.requireStatusOfClient();
        Path data = options.data().orElseGet(TemporaryDirectory::create);
        EmbeddedEventStoreDb server = new EmbeddedEventStoreDb(options, data);
        try {
            server.startNode();
            return server;
        } catch (EventStoreDbStartException failure) {
            server.deleteIfTemporary();
            throw failure;
        }
    }

    public String host() {
        return options.host();
    }

    public synchronized int port() {
        return port;
    }

    /** Returns a connection string for the clients, without credentials. */
    public String connectionString() {
        return "esdb://" + host() + ":" + port() + "?tls=" + options.tls().isPresent();
    }

    public Path data() {
        return data;
    }

    public Faults faults() {
        return faults;
    }

    /**
     * Permanently removes events that no reader of a stream can see. Reads and writes continue meanwhile.
     *
     * @return the number of removed events
     */
    public long scavenge() {
        return running().scavenge();
    }

    /** Stops the server gracefully and starts it on the same port and data. */
    public synchronized void restart() {
        stop();
        startNode();
    }

    /** Stops the server gracefully: pending writes are answered, subscriptions end with UNAVAILABLE. */
    public synchronized void stop() {
        Node running = node;
        node = null;
        if (running != null) {
            running.stop();
        }
    }

    /** Stops the server like a crash: connections are cut without a response. */
    public synchronized void kill() {
        Node running = node;
        node = null;
        if (running != null) {
            running.kill();
        }
    }

    /** Starts the server again after {@link #stop()} or {@link #kill()}, on the same port and data. */
    public synchronized void startAgain() {
        if (node == null) {
            startNode();
        }
    }

    @Override
    public void close() {
        stop();
        deleteIfTemporary();
    }

    private void startNode() {
        RpcSettings settings = new RpcSettings(
                options.host(),
                port,
                options.maxAppendSize(),
                options.users().stream()
                        .map(user -> new User(user.name(), user.password(), user.roles()))
                        .toList(),
                options.tls().map(tls -> new RpcSettings.Tls(tls.certificate(), tls.key())));
        try {
            node = Node.start(
                    data, settings, faultPlan, this::freeBytes, options.reservedDiskBytes(), Clock.systemUTC());
            port = node.port();
        } catch (IOException failure) {
            throw new EventStoreDbStartException(
                    "cannot listen on " + options.host() + ":" + port + ": " + reason(failure), failure);
        } catch (StorageException | IllegalArgumentException failure) {
            throw new EventStoreDbStartException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private synchronized Node running() {
        if (node == null) {
            throw new IllegalStateException("the server is not running");
        }
        return node;
    }

    private long freeBytes() {
        try {
            return Files.getFileStore(data).getUsableSpace();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the free disk space", failure);
        }
    }

    private void deleteIfTemporary() {
        if (options.data().isEmpty()) {
            TemporaryDirectory.delete(data);
        }
    }

    private static String reason(IOException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage());
    }
}
