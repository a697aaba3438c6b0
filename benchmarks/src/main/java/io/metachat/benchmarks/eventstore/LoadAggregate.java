package io.metachat.benchmarks.eventstore;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.ReadStreamOptions;
import io.metachat.benchmarks.measurement.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.Repository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The time to load an aggregate before it can handle a command. */
@Command(
        name = "load-aggregate",
        description = "Microseconds to load an aggregate, without and with a snapshot and a cache.",
        mixinStandardHelpOptions = true)
public final class LoadAggregate implements Callable<Integer> {

    private static final int EVENTS_AN_APPEND = 500;
    private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(1);

    @Mixin
    private Peers peers = new Peers();

    @Option(names = "--events", split = ",", description = "Sizes of aggregates: ${DEFAULT-VALUE}.")
    private List<Integer> sizes = List.of(1, 100, 10_000);

    @Option(names = "--millis", description = "Length of a turn: ${DEFAULT-VALUE}.")
    private int millis = 500;

    @Option(
            names = "--since-snapshot",
            description = "Events after the snapshot, for aggregates with as many: ${DEFAULT-VALUE}.")
    private int sinceSnapshot = 10;

    /** One load of the aggregate. */
    private interface Loading {
        void load() throws Exception;
    }

    @Override
    public Integer call() throws Exception {
        peers.measure((eventStoreDb, jdbc) -> {
            System.out.printf(
                    "%nmicroseconds to load an aggregate (median; ratio to the client's bare read), %d turns of %d ms%n%n",
                    peers.rounds(), millis);
            Table table = new Table(headings());
            List<Map<String, Histogram>> columns = new ArrayList<>();
            for (int size : sizes) {
                columns.add(measured(contenders(size, eventStoreDb, jdbc)));
            }
            for (String contender : columns.get(0).keySet()) {
                table.row(row(contender, columns));
            }
            table.print(System.out);
        });
        return 0;
    }

    private Map<String, Loading> contenders(int size, EventStoreDb eventStoreDb, List<JdbcStore> jdbc) {
        Map<String, Loading> contenders = new LinkedHashMap<>();
        String read = write(eventStoreDb.eventStore(), size);
        contenders.put("client alone", () -> readAll(eventStoreDb.client(), eventStoreDb.streamOf(read), size));
        List<MeasuredStore> stores = new ArrayList<>(List.of(eventStoreDb));
        stores.addAll(jdbc);
        for (MeasuredStore store : stores) {
            EventStore eventStore = store.eventStore();
            Repository<Note> plain = repository(eventStore);
            String whole = write(eventStore, size);
            contenders.put(store.name(), () -> load(plain, whole, size));
            String snapshotted = write(eventStore, size);
            eventStore.storeSnapshot(Note.snapshot(snapshotted, Math.max(0, size - 1 - sinceSnapshot)));
            contenders.put(store.name() + ", snapshot", () -> load(plain, snapshotted, size));
        }
        Repository<Note> caching = cachingRepository(eventStoreDb.eventStore());
        String cached = write(eventStoreDb.eventStore(), size);
        contenders.put(eventStoreDb.name() + ", cache", () -> load(caching, cached, size));
        return contenders;
    }

    private static String write(EventStore eventStore, int size) {
        String note = Load.newAggregate();
        for (int from = 0; from < size; from += EVENTS_AN_APPEND) {
            eventStore.publish(Note.events(note, from, Math.min(size, from + EVENTS_AN_APPEND))
                    .toList());
        }
        return note;
    }

    private static Repository<Note> repository(EventStore eventStore) {
        return EventSourcingRepository.builder(Note.class)
                .eventStore(eventStore)
                .build();
    }

    private static Repository<Note> cachingRepository(EventStore eventStore) {
        return EventSourcingRepository.builder(Note.class)
                .eventStore(eventStore)
                .cache(new WeakReferenceCache())
                .<CachingEventSourcingRepository<Note>>build();
    }

    private static void readAll(EventStoreDBClient client, String stream, int size) throws Exception {
        int read = client.readStream(
                        stream, ReadStreamOptions.get().forwards().fromStart().maxCount(size))
                .get()
                .getEvents()
                .size();
        require(read == size);
    }

    private static void load(Repository<Note> repository, String note, int size) {
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(null);
        long written = repository.load(note).invoke(Note::written);
        unitOfWork.commit();
        require(written == size);
    }

    private static void require(boolean complete) {
        if (!complete) {
            throw new IllegalStateException("Not every event was read");
        }
    }

    private Map<String, Histogram> measured(Map<String, Loading> contenders) throws Exception {
        Map<String, Histogram> micros = new LinkedHashMap<>();
        for (int round = -1; round < peers.rounds(); round++) {
            for (Map.Entry<String, Loading> contender : contenders.entrySet()) {
                Histogram recorded =
                        micros.computeIfAbsent(contender.getKey(), name -> new Histogram(HIGHEST_MICROS, 3));
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
                do {
                    long start = System.nanoTime();
                    contender.getValue().load();
                    if (round >= 0) {
                        recorded.recordValue((System.nanoTime() - start) / 1_000);
                    }
                } while (System.nanoTime() < end);
            }
        }
        return micros;
    }

    private String[] headings() {
        List<String> headings = new ArrayList<>(List.of(""));
        for (int size : sizes) {
            headings.add(String.format(Locale.ROOT, "%,d %s", size, size == 1 ? "event" : "events"));
            headings.add("ratio");
        }
        return headings.toArray(String[]::new);
    }

    private static String[] row(String contender, List<Map<String, Histogram>> columns) {
        List<String> cells = new ArrayList<>(List.of(contender));
        for (Map<String, Histogram> column : columns) {
            double median = Objects.requireNonNull(column.get(contender)).getValueAtPercentile(50);
            double bare = column.values().iterator().next().getValueAtPercentile(50);
            cells.add(String.format(Locale.ROOT, "%,.0f", median));
            cells.add(String.format(Locale.ROOT, "%.2f", median / bare));
        }
        return cells.toArray(String[]::new);
    }
}
