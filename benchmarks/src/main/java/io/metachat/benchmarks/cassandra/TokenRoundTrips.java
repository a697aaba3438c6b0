package io.metachat.benchmarks.cassandra;

import io.metachat.benchmarks.measurement.Machine;
import io.metachat.benchmarks.measurement.Table;
import io.metachat.embedded.cassandra.EmbeddedCassandra;
import java.util.List;
import java.util.concurrent.Callable;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The number of requests to Cassandra for a processor's token, counted where the driver sends them. An in-memory token store
 * is the peer and shows the total cost of the token.
 */
@Command(
        name = "token-round-trips",
        description = "Requests to Cassandra for a processor's token, per batch; starts its own Cassandra.",
        mixinStandardHelpOptions = true)
public final class TokenRoundTrips implements Callable<Integer> {

    @Option(names = "--events", description = "Events of a run: ${DEFAULT-VALUE}.")
    private int events = 10_000;

    @Option(names = "--batches", split = ",", description = "Batch sizes: ${DEFAULT-VALUE}.")
    private List<Integer> batchSizes = List.of(1, 10, 100);

    @Override
    public Integer call() {
        Table table = new Table(
                "tokens in", "batch size", "events", "batches", "requests", "per batch", "events/s", "of memory's");
        try (EmbeddedCassandra cassandra = EmbeddedCassandra.builder().start();
                CountedTokens tokens = new CountedTokens(cassandra)) {
            // One warm-up run, so that the first row does not include class loading.
            ProcessorRun.over(events, 10, new InMemoryTokenStore(), () -> 0);
            ProcessorRun.over(events, 10, tokens.store(), tokens::requests);
            for (int batchSize : batchSizes) {
                ProcessorRun memory = ProcessorRun.over(events, batchSize, new InMemoryTokenStore(), () -> 0);
                ProcessorRun stored = ProcessorRun.over(events, batchSize, tokens.store(), tokens::requests);
                row(table, "memory", batchSize, memory, memory);
                row(table, "Cassandra", batchSize, stored, memory);
            }
        }
        System.out.println(Machine.describe());
        table.print(System.out);
        return 0;
    }

    private static void row(Table table, String name, int batchSize, ProcessorRun run, ProcessorRun memory) {
        table.row(
                name,
                Integer.toString(batchSize),
                Integer.toString(run.events()),
                Integer.toString(run.batches()),
                Long.toString(run.requests()),
                "%.3f".formatted(run.requests() / (double) run.batches()),
                "%.0f".formatted(run.eventsPerSecond()),
                "%.2f".formatted(run.eventsPerSecond() / memory.eventsPerSecond()));
    }
}
