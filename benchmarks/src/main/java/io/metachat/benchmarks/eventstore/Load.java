package io.metachat.benchmarks.eventstore;

import com.eventstore.dbclient.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A way to append events in order, to as many aggregates as there are appends in flight. */
interface Load {

    /** Appends for this time and returns the number of acknowledged appends. */
    long run(int inFlight, long nanos) throws InterruptedException, ExecutionException;

    /** One append; returns when it is acknowledged. */
    interface Append {
        void append(String aggregate, long sequence) throws Exception;
    }

    /** Returns the next event of the aggregate, or the first event of a new one. */
    static String newAggregate() {
        return "note-" + UUID.randomUUID();
    }

    /** One blocked thread per append in flight, which is how Axon's event store is used. */
    static Load withThreads(Append append) {
        return (inFlight, nanos) -> {
            ExecutorService threads = Executors.newFixedThreadPool(inFlight);
            try {
                long end = System.nanoTime() + nanos;
                List<Future<Long>> writers = new ArrayList<>();
                for (int i = 0; i < inFlight; i++) {
                    writers.add(threads.submit(() -> {
                        String aggregate = newAggregate();
                        long appended = 0;
                        while (System.nanoTime() < end) {
                            append.append(aggregate, appended++);
                        }
                        return appended;
                    }));
                }
                long appended = 0;
                for (Future<Long> writer : writers) {
                    appended += writer.get();
                }
                return appended;
            } finally {
                threads.shutdown();
                threads.awaitTermination(1, TimeUnit.SECONDS);
            }
        };
    }

    /** The callback of each append makes the next one, so no thread blocks or is woken. */
    static Load withCallbacks(RawAppends client) {
        return (inFlight, nanos) -> {
            AtomicLong appended = new AtomicLong();
            long end = System.nanoTime() + nanos;
            List<CompletableFuture<Void>> chains = new ArrayList<>();
            for (int i = 0; i < inFlight; i++) {
                CompletableFuture<Void> done = new CompletableFuture<>();
                chains.add(done);
                next(client, newAggregate(), 0, end, appended, done);
            }
            for (CompletableFuture<Void> chain : chains) {
                chain.get();
            }
            return appended.get();
        };
    }

    private static void next(
            RawAppends client,
            String stream,
            long sequence,
            long end,
            AtomicLong appended,
            CompletableFuture<Void> done) {
        CompletableFuture<WriteResult> append = client.append(stream, sequence);
        append.whenComplete((written, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
                return;
            }
            appended.incrementAndGet();
            if (System.nanoTime() < end) {
                next(client, stream, sequence + 1, end, appended, done);
            } else {
                done.complete(null);
            }
        });
    }
}
