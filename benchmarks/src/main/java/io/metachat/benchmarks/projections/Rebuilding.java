package io.metachat.benchmarks.projections;

import io.metachat.benchmarks.measurement.Machine;
import io.metachat.benchmarks.measurement.Table;
import io.metachat.projections.table.TableWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A projection-service rebuilds the entries projection from a store of entries. The contenders take turns in one run, so
 * that other load on the machine affects all of them.
 */
@Command(
        name = "rebuild",
        description =
                "How fast a projection is rebuilt, beside the bare driver writing the same rows, and what it costs"
                        + " those who read meanwhile. Starts its own servers.",
        mixinStandardHelpOptions = true)
public final class Rebuilding implements Callable<Integer> {

    private static final String ENTRIES = "entries";

    @Option(names = "--entries", description = "Entries in the store: ${DEFAULT-VALUE}.")
    private int entries = 30_000;

    @Option(names = "--people", description = "Number of people: ${DEFAULT-VALUE}.")
    private int people = 50;

    @Option(names = "--rounds", description = "Turns of each contender, after one warm-up: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--reads", description = "Reads per second: ${DEFAULT-VALUE}.")
    private int reads = 100;

    @Override
    public Integer call() throws Exception {
        Diaries diaries = new Diaries(people, entries);
        try (ReadSide readSide = ReadSide.start()) {
            readSide.load(diaries);
            System.out.println(Machine.describe());
            rates(readSide, diaries);
            reads(readSide, new Readers(readSide, diaries, reads));
        }
        return 0;
    }

    private void rates(ReadSide readSide, Diaries diaries) {
        List<TableWrite> rows = diaries.rows();
        int inFlight = readSide.writesInFlight(ENTRIES);
        BareDriver driver = new BareDriver(readSide.cassandra(), ReadSide.KEYSPACE, inFlight, rows);
        Duration bare = Duration.ZERO;
        Duration rebuilt = Duration.ZERO;
        Duration nothing = Duration.ZERO;
        List<String> ratios = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            Duration bareNow = driver.run();
            Duration rebuiltNow = readSide.rebuild(ENTRIES);
            Duration nothingNow = readSide.rebuild(NoOpProjection.NAME);
            if (round > 0) {
                bare = bare.plus(bareNow);
                rebuilt = rebuilt.plus(rebuiltNow);
                nothing = nothing.plus(nothingNow);
                ratios.add(ratio(bareNow, rebuiltNow));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%n%d entries, %d rows, %d writes in flight, %d turns of each%n%n",
                entries,
                rows.size(),
                inFlight,
                rounds);
        Table table = new Table("", "entries/s", "rows/s", "of the driver");
        double perEntry = (double) rows.size() / entries;
        table.row("bare driver", perSecond(bare, 1), perSecond(bare, perEntry), "1.00");
        table.row("rebuild of entries", perSecond(rebuilt, 1), perSecond(rebuilt, perEntry), ratio(bare, rebuilt));
        table.row("no-op projection", perSecond(nothing, 1), "-", "-");
        table.print(System.out);
        System.out.println("\nturn by turn, rebuild of the driver's rate: " + String.join(", ", ratios));
    }

    private void reads(ReadSide readSide, Readers readers) throws InterruptedException {
        Duration rebuilt = Duration.ZERO;
        CompletableFuture<Duration> warmUp = CompletableFuture.supplyAsync(() -> readSide.rebuild(ENTRIES));
        readers.read(() -> !warmUp.isDone());
        Table table = new Table("milliseconds since due", "reads", "p50", "p90", "p99", "max");
        Histogram alone = new Histogram(3);
        Histogram during = new Histogram(3);
        for (int round = 0; round < rounds; round++) {
            long begin = System.nanoTime();
            CompletableFuture<Duration> rebuild = CompletableFuture.supplyAsync(() -> readSide.rebuild(ENTRIES));
            during.add(readers.read(() -> !rebuild.isDone()));
            rebuilt = rebuilt.plus(rebuild.join());
            // Retired and dropped, then idle.
            readSide.awaitRest(ENTRIES);
            long end = System.nanoTime() + (System.nanoTime() - begin) / 2;
            alone.add(readers.read(() -> System.nanoTime() < end));
        }
        System.out.printf(
                Locale.ROOT, "%n%d reads a second, an entry and a page of 20 in turns, %d turns%n%n", reads, rounds);
        row(table, "nothing else", alone);
        row(table, "during a rebuild", during);
        table.print(System.out);
        System.out.printf(
                Locale.ROOT,
                "%nduring / else: p50 %.2f, p99 %.2f; rebuild of entries beside the reads: %s entries/s%n",
                times(during, alone, 50),
                times(during, alone, 99),
                perSecond(rebuilt, 1));
    }

    private static void row(Table table, String name, Histogram times) {
        table.row(
                name,
                Long.toString(times.getTotalCount()),
                millis(times.getValueAtPercentile(50)),
                millis(times.getValueAtPercentile(90)),
                millis(times.getValueAtPercentile(99)),
                millis(times.getMaxValue()));
    }

    private static double times(Histogram one, Histogram other, double percentile) {
        return (double) one.getValueAtPercentile(percentile) / other.getValueAtPercentile(percentile);
    }

    private String perSecond(Duration time, double perEntry) {
        double seconds = (double) time.toNanos() / TimeUnit.SECONDS.toNanos(1);
        return "%,d".formatted(Math.round(entries * perEntry * rounds / seconds));
    }

    private static String ratio(Duration bare, Duration other) {
        return "%.2f".formatted((double) bare.toNanos() / other.toNanos());
    }

    private static String millis(long micros) {
        return "%.1f".formatted(micros / 1_000.0);
    }
}
