package io.metachat.benchmarks.eventstore;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.common.jdbc.DataSourceConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventTableFactory;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;

/** Axon's own event store and JDBC engine with their defaults, on a database with its defaults. */
final class JdbcStore implements MeasuredStore {

    /** One connection per writer, so that waiting for a connection is not measured. */
    private static final int CONNECTIONS = 64;

    private final String name;
    private final HikariDataSource connections;
    private final EmbeddedEventStore eventStore;
    private final @Nullable ServerProcess server;
    private final @Nullable Path files;

    private JdbcStore(
            String name, String url, EventTableFactory tables, @Nullable ServerProcess server, @Nullable Path files) {
        this.name = name;
        this.server = server;
        this.files = files;
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(CONNECTIONS);
        this.connections = new HikariDataSource(pool);
        JdbcEventStorageEngine engine = JdbcEventStorageEngine.builder()
                .connectionProvider(
                        new UnitOfWorkAwareConnectionProviderWrapper(new DataSourceConnectionProvider(connections)))
                .transactionManager(NoTransactionManager.instance())
                .eventSerializer(Jackson3Serializer.builder().build())
                .snapshotSerializer(Jackson3Serializer.builder().build())
                .build();
        engine.createSchema(tables);
        this.eventStore = EmbeddedEventStore.builder().storageEngine(engine).build();
    }

    /** Returns all peers on this machine; prints one line when PostgreSQL is missing. */
    static List<JdbcStore> all() throws IOException, InterruptedException {
        List<JdbcStore> peers = new ArrayList<>();
        Optional<Postgres> postgres = Postgres.find();
        if (postgres.isPresent()) {
            ServerProcess server = postgres.get().start();
            peers.add(new JdbcStore(
                    "Axon JDBC on PostgreSQL", postgres.get().url(), PostgresEventTableFactory.INSTANCE, server, null));
        } else {
            System.out.println("Omitting PostgreSQL: no initdb on the path or below /usr/lib/postgresql");
        }
        Path files = Files.createTempDirectory("bench-h2");
        peers.add(new JdbcStore(
                "Axon JDBC on H2, file", "jdbc:h2:file:" + files.resolve("events"), new H2Tables(), null, files));
        return peers;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public EventStore eventStore() {
        return eventStore;
    }

    @Override
    public Duration serverCpu() {
        return server == null ? Duration.ZERO : server.cpu();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        eventStore.shutDown();
        connections.close();
        if (server != null) {
            server.close();
        }
        if (files != null) {
            ServerProcess.deleteTree(files);
        }
    }
}
