package io.metachat.benchmarks.entry;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The latency from writing an entry to seeing its mood, at a steady rate. Open loop: a write is due at its time whether or
 * not earlier ones are done, and its latency counts from when it was due. A stall is therefore visible (no coordinated
 * omission).
 */
@Command(
        name = "entry-latency",
        description = "From writing an entry to seeing it analysed, against a running system (./metachat up).",
        mixinStandardHelpOptions = true)
public final class EntryLatency implements Callable<Integer> {

    private static final String[] TEXTS = {
        "I am so happy and grateful today, the walk with my friends was wonderful.",
        "I feel sad and tired. I miss her and I could not sleep at all.",
        "My boss made me furious again, this project is a mess and nobody listens.",
        "Tomorrow is the exam and I am nervous, I hope I remember everything.",
        "Cooked dinner, read a book, went to bed early. A quiet and ordinary evening at home."
    };

    private static final Duration GIVE_UP = Duration.ofSeconds(30);
    private static final long HIGHEST_MICROS = GIVE_UP.toNanos() / 1_000;

    @Option(names = "--api", description = "Address of the API: ${DEFAULT-VALUE}.")
    private URI api = URI.create("http://127.0.0.1:8080/api/v1");

    @Option(names = "--rate", description = "Entries per second: ${DEFAULT-VALUE}.")
    private int rate = 10;

    @Option(names = "--seconds", description = "Length of the measurement: ${DEFAULT-VALUE}.")
    private int seconds = 60;

    @Option(names = "--warm-up", description = "Length of the warm-up: ${DEFAULT-VALUE}.")
    private int warmUp = 20;

    @Option(names = "--people", description = "Number of writing diarists: ${DEFAULT-VALUE}.")
    private int people = 10;

    /** The measured latencies of each entry, in microseconds since its write was due. */
    private static final class Latencies {

        final Histogram acknowledged = new ConcurrentHistogram(HIGHEST_MICROS, 3);
        final Histogram analysed = new ConcurrentHistogram(HIGHEST_MICROS, 3);
    }

    @Override
    public Integer call() throws Exception {
        List<Writer> writers = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            writers.add(Writer.register(api, i));
        }
        run(writers, warmUp, new Latencies());
        Latencies latencies = new Latencies();
        int failed = run(writers, seconds, latencies);
        print(latencies, failed);
        return failed == 0 ? 0 : 1;
    }

    /** Returns the number of entries that were not seen analysed. */
    private int run(List<Writer> writers, int duration, Latencies latencies) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> entries = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < rate * duration; i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / rate;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            Writer writer = writers.get(i % writers.size());
            String text = TEXTS[i % TEXTS.length];
            entries.add(threads.submit(() -> measure(writer, text, due, latencies)));
        }
        int failed = 0;
        for (Future<?> entry : entries) {
            failed += succeeded(entry) ? 0 : 1;
        }
        threads.shutdown();
        return failed;
    }

    private static void measure(Writer writer, String text, long due, Latencies latencies) {
        Writer.Written entry = writer.write(text);
        latencies.acknowledged.recordValue(microsSince(due));
        writer.awaitAnalysed(entry, due + GIVE_UP.toNanos());
        latencies.analysed.recordValue(microsSince(due));
    }

    private static boolean succeeded(Future<?> entry) throws InterruptedException {
        try {
            entry.get();
            return true;
        } catch (ExecutionException failed) {
            System.err.println("entry-latency: " + failed.getMessage());
            return false;
        }
    }

    private static long microsSince(long due) {
        return Math.min(HIGHEST_MICROS, (System.nanoTime() - due) / 1_000);
    }

    private void print(Latencies latencies, int failed) {
        System.out.printf(
                Locale.ROOT,
                "%d entries a second for %d s by %d people, milliseconds since each write was due%n%n",
                rate,
                seconds,
                people);
        System.out.printf(Locale.ROOT, "%-24s %8s %8s %8s %8s %8s%n", "", "entries", "p50", "p90", "p99", "max");
        row("acknowledged", latencies.acknowledged);
        row("analysed and visible", latencies.analysed);
        System.out.printf(
                Locale.ROOT,
                "%nanalysed / acknowledged: p50 %.1f, p99 %.1f; not seen analysed: %d%n",
                ratio(latencies, 50),
                ratio(latencies, 99),
                failed);
    }

    private static double ratio(Latencies latencies, double percentile) {
        return (double) latencies.analysed.getValueAtPercentile(percentile)
                / latencies.acknowledged.getValueAtPercentile(percentile);
    }

    private static void row(String name, Histogram latencies) {
        System.out.printf(
                Locale.ROOT,
                "%-24s %8d %8.1f %8.1f %8.1f %8.1f%n",
                name,
                latencies.getTotalCount(),
                latencies.getValueAtPercentile(50) / 1_000.0,
                latencies.getValueAtPercentile(90) / 1_000.0,
                latencies.getValueAtPercentile(99) / 1_000.0,
                latencies.getMaxValue() / 1_000.0);
    }
}
