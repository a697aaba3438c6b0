package io.metachat.benchmarks.eventstore;

import io.metachat.benchmarks.measurement.Rounds;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.axonframework.eventsourcing.eventstore.EventStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One event an append, each writer to an aggregate of its own. */
@Command(
        name = "appends",
        description = "Appends per second: the engine, the bare client on the same server, and Axon's JDBC engine.",
        mixinStandardHelpOptions = true)
public final class Appends implements Callable<Integer> {

    private static final int WARM_UP_ROUNDS = 2;

    @Mixin
    private Peers peers = new Peers();

    @Option(names = "--seconds", description = "Length of a turn: ${DEFAULT-VALUE}.")
    private int seconds = 2;

    @Option(names = "--in-flight", split = ",", description = "Appends in flight: ${DEFAULT-VALUE}.")
    private List<Integer> inFlight = List.of(1, 64);

    @Override
    public Integer call() throws Exception {
        peers.measure((eventStoreDb, jdbc) -> {
            for (int flying : inFlight) {
                Rounds rounds = contenders(eventStoreDb, jdbc, flying);
                rounds.run(WARM_UP_ROUNDS, peers.rounds());
                System.out.printf("%n%d in flight, %d turns of %d s%n%n", flying, peers.rounds(), seconds);
                rounds.print("appends");
            }
        });
        return 0;
    }

    private Rounds contenders(EventStoreDb eventStoreDb, List<JdbcStore> jdbc, int flying) {
        long nanos = Duration.ofSeconds(seconds).toNanos();
        RawAppends raw = new RawAppends(eventStoreDb.client());
        Load waiting = Load.withThreads(
                (stream, sequence) -> raw.append(stream, sequence).get());
        Rounds rounds = new Rounds();
        rounds.add("client alone", eventStoreDb::serverCpu, () -> waiting.run(flying, nanos));
        if (flying > 1) {
            Load callbacks = Load.withCallbacks(raw);
            rounds.add("client alone, no threads", eventStoreDb::serverCpu, () -> callbacks.run(flying, nanos));
        }
        add(rounds, eventStoreDb, flying, nanos);
        jdbc.forEach(store -> add(rounds, store, flying, nanos));
        return rounds;
    }

    private static void add(Rounds rounds, MeasuredStore store, int flying, long nanos) {
        EventStore eventStore = store.eventStore();
        Load load = Load.withThreads((aggregate, sequence) -> eventStore.publish(Note.event(aggregate, sequence)));
        rounds.add(store.name(), store::serverCpu, () -> load.run(flying, nanos));
    }
}
