package io.metachat.benchmarks.eventstore;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import io.metachat.axon.eventstoredb.StreamNames;
import io.metachat.axon.eventstoredb.engine.EventStoreDbConnection;
import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStorageEngine;
import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStore;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;

/** One server with both the engine, configured as in an application, and the official client with its defaults. */
final class EventStoreDb implements MeasuredStore {

    private final @Nullable ServerProcess server;
    private final EventStoreDBClient client;
    private final EventStoreDbConnection connection;
    private final EventStoreDbEventStore eventStore;
    private final StreamNames names;

    private EventStoreDb(@Nullable ServerProcess server, String connectionString) {
        this.server = server;
        this.client = EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(connectionString));
        this.connection = EventStoreDbConnection.open(connectionString);
        this.names = new StreamNames("bench" + UUID.randomUUID().toString().substring(0, 8) + "-", "bench");
        EventStoreDbEventStorageEngine engine = EventStoreDbEventStorageEngine.builder()
                .connection(connection)
                .eventTypes(Note.EVENT_TYPES)
                .eventSerializer(Jackson3Serializer.builder().build())
                .snapshotSerializer(Jackson3Serializer.builder().build())
                .streamNames(names)
                .build();
        this.eventStore = EventStoreDbEventStore.builder().storageEngine(engine).build();
    }

    /** Uses the server with this connection string or, when it is empty, an embedded one in its own process. */
    static EventStoreDb open(String connectionString) throws IOException {
        if (!connectionString.isEmpty()) {
            return new EventStoreDb(null, connectionString);
        }
        Path data = Files.createTempDirectory("bench-eventstoredb");
        ServerProcess server = ServerProcess.start(
                data,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedEventStoreDbServer.class.getName(),
                        "--port",
                        "0",
                        "--data",
                        data.toString()));
        String ready = server.firstLine();
        return new EventStoreDb(server, ready.substring(ready.lastIndexOf(' ') + 1));
    }

    @Override
    public String name() {
        return "engine on EventStoreDB";
    }

    @Override
    public EventStore eventStore() {
        return eventStore;
    }

    EventStoreDBClient client() {
        return client;
    }

    /** Returns the stream of the aggregate's events. */
    String streamOf(String aggregateIdentifier) {
        return names.aggregate(aggregateIdentifier);
    }

    @Override
    public Duration serverCpu() {
        return server == null ? Duration.ZERO : server.cpu();
    }

    @Override
    public void close() throws IOException, InterruptedException, ExecutionException {
        eventStore.shutDown();
        connection.close();
        client.shutdown().get();
        if (server != null) {
            server.close();
        }
    }
}
