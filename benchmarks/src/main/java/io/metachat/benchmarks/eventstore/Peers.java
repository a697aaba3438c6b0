package io.metachat.benchmarks.eventstore;

import io.metachat.benchmarks.measurement.Machine;
import java.util.List;
import picocli.CommandLine.Option;

/** The options shared by all commands about the event store, and the stores that they measure. */
final class Peers {

    @Option(
            names = "--url",
            description = "An esdb:// connection string; by default, an embedded server in its own process.")
    private String url = "";

    @Option(names = "--rounds", description = "Number of turns of each contender: ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(names = "--no-jdbc", description = "Omit Axon's JDBC engine on PostgreSQL and on H2.")
    private boolean withoutJdbc;

    /** The measurement that runs while the stores are open. */
    interface Measurement {
        void run(EventStoreDb eventStoreDb, List<JdbcStore> jdbc) throws Exception;
    }

    int rounds() {
        return rounds;
    }

    void measure(Measurement measurement) throws Exception {
        System.out.println(Machine.describe());
        List<JdbcStore> jdbc = withoutJdbc ? List.of() : JdbcStore.all();
        try (EventStoreDb eventStoreDb = EventStoreDb.open(url)) {
            measurement.run(eventStoreDb, jdbc);
        } finally {
            for (JdbcStore store : jdbc) {
                store.close();
            }
        }
    }
}
