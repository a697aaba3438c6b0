package io.metachat.benchmarks.server;

import io.metachat.benchmarks.measurement.Machine;
import io.metachat.benchmarks.measurement.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The embedded server without the client's cost, compared with the maximum of its disk. */
@Command(
        name = "server-appends",
        description = "Appends per second of the embedded server alone, by batch size, compared with its disk.",
        mixinStandardHelpOptions = true)
public final class ServerAppends implements Callable<Integer> {

    private static final int WARM_UP_TURNS = 5;
    private static final int WARM_UP_BATCH = 10;
    private static final int WARM_UP_IN_FLIGHT = 64;

    @Option(names = "--batch", split = ",", description = "Events in one append: ${DEFAULT-VALUE}.")
    private List<Integer> batches = List.of(1, 10, 100, 1_000);

    @Option(names = "--in-flight", split = ",", description = "Appends in flight: ${DEFAULT-VALUE}.")
    private List<Integer> inFlight = List.of(1, 64);

    @Option(names = "--event-bytes", description = "Size of an event's data in bytes: ${DEFAULT-VALUE}.")
    private int eventBytes = 200;

    @Option(names = "--seconds", description = "Length of a turn: ${DEFAULT-VALUE}.")
    private int seconds = 2;

    @Option(names = "--rounds", description = "Number of turns of each contender; the median counts: ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(names = "--directory", description = "A directory on the measured disk: ${DEFAULT-VALUE}.")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Override
    public Integer call() throws Exception {
        try (ServerAlone server = ServerAlone.start(directory);
                BatchAppends appends = BatchAppends.connect(server.connectionString(), eventBytes)) {
            System.out.println(Machine.describe());
            for (int turn = 0; turn < WARM_UP_TURNS; turn++) {
                appends.run(WARM_UP_BATCH, WARM_UP_IN_FLIGHT, seconds);
            }
            Table table = new Table(
                    "",
                    "in flight",
                    "appends/s",
                    "events/s",
                    "fdatasync/s",
                    "appends a fdatasync",
                    "server CPU us an append");
            for (int flying : inFlight) {
                for (int batch : batches) {
                    measure(server, appends, batch, flying, table);
                }
            }
            System.out.printf(
                    "%n%d bytes an event, %d turns of %d s; fdatasync: the same bytes, one write after the other%n%n",
                    eventBytes, rounds, seconds);
            table.print(System.out);
        }
        return 0;
    }

    /** Server and disk take turns, so a slow minute of the machine affects both. */
    private void measure(ServerAlone server, BatchAppends appends, int batch, int flying, Table table)
            throws Exception {
        List<Double> perSecond = new ArrayList<>();
        List<Double> cpuMicros = new ArrayList<>();
        List<Double> syncs = new ArrayList<>();
        appends.run(batch, flying, seconds);
        for (int round = 0; round < rounds; round++) {
            Duration cpu = server.cpu();
            long start = System.nanoTime();
            long appended = appends.run(batch, flying, seconds);
            perSecond.add(appended * 1e9 / (System.nanoTime() - start));
            cpuMicros.add(server.cpu().minus(cpu).toNanos() / 1e3 / appended);
            syncs.add(DiskSyncs.perSecond(directory, batch * eventBytes, seconds));
        }
        table.row(
                batch == 1 ? "1 event" : batch + " events",
                Integer.toString(flying),
                number("%,.0f", median(perSecond)),
                number("%,.0f", median(perSecond) * batch),
                number("%,.0f", median(syncs)),
                number("%.2f", median(perSecond) / median(syncs)),
                number("%.0f", median(cpuMicros)));
    }

    /** Returns the middle value; of an even number, the higher of the two. */
    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
