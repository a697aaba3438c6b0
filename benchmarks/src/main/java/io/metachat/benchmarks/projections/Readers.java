package io.metachat.benchmarks.projections;

import io.metachat.proto.v1.GetEntryRequest;
import io.metachat.proto.v1.ListEntriesRequest;
import io.metachat.proto.v1.QueriesGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Diarists who read at a steady rate, alternating between one entry and a page of the list. Open loop: the latency of a
 * read counts from when it was due.
 */
final class Readers {

    private static final long HIGHEST_MICROS = TimeUnit.SECONDS.toMicros(30);
    private static final int PAGE = 20;

    private final List<QueriesGrpc.QueriesBlockingStub> people = new ArrayList<>();
    private final Diaries diaries;
    private final int rate;

    Readers(ReadSide readSide, Diaries diaries, int rate) {
        this.diaries = diaries;
        this.rate = rate;
        for (int person = 0; person < diaries.people(); person++) {
            people.add(readSide.as(diaries.person(person)));
        }
    }

    /** Reads while the condition holds, and returns the latencies in microseconds. */
    Histogram read(BooleanSupplier goesOn) throws InterruptedException {
        Histogram times = new ConcurrentHistogram(HIGHEST_MICROS, 3);
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> reads = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; goesOn.getAsBoolean(); i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / rate;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            int number = i;
            reads.add(threads.submit(() -> {
                read(number);
                times.recordValue(Math.min(HIGHEST_MICROS, (System.nanoTime() - due) / 1_000));
            }));
        }
        for (Future<?> read : reads) {
            try {
                read.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("A read failed", e.getCause());
            }
        }
        threads.shutdown();
        return times;
    }

    private void read(int number) {
        int entry = Math.floorMod(number * 7_919, diaries.entries());
        QueriesGrpc.QueriesBlockingStub reader = people.get(entry % diaries.people());
        if (number % 2 == 0) {
            reader.getEntry(GetEntryRequest.newBuilder()
                    .setEntryId(diaries.entry(entry).toString())
                    .build());
        } else {
            reader.listEntries(ListEntriesRequest.newBuilder().setLimit(PAGE).build());
        }
    }
}
