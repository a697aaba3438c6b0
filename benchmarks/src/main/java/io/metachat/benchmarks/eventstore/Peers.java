package io.metachat.benchmarks.eventstore;

import io.metachat.benchmarks.measurement.Machine;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that all commands about the event store have, and the stores that they measure. */
final class Peers {

    @Option(
            names = "--url",
            description = "An esdb:// connection string; without it, an embedded server in a process of its own.")
    private String url = "";

    @Option(names = "--rounds", description = "How often each contender has its turn: ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(names = "--no-jdbc", description = "Leave Axon's JDBC engine on PostgreSQL and on H2 out.")
    private boolean withoutJdbc;

    /** What is done with the stores while they are open. */
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
