package io.metachat.embedded.eventstoredb.internal.upkeep;

import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.log.LogFormat;
import io.metachat.embedded.eventstoredb.internal.storage.KeyValueStore;
import io.metachat.embedded.eventstoredb.internal.storage.StorageException;
import io.metachat.embedded.eventstoredb.internal.stream.StandardIndexes;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Verifies a store: the checksums of every file, the index entry of every event, the event of every index entry, and
 * the order of positions and revisions.
 */
public final class Verification {

    private static final int STEP = 1_000;

    private final KeyValueStore store;
    private final EventReader reader;
    private final Consumer<String> findings;
    private long events;
    private long streams;

    /** @param findings receives one sentence per fault, without any content of events */
    public Verification(KeyValueStore store, EventReader reader, Consumer<String> findings) {
        this.store = store;
        this.reader = reader;
        this.findings = findings;
    }

    public Result run() {
        List<String> wrong = new ArrayList<>();
        Consumer<String> report = finding -> {
            wrong.add(finding);
            findings.accept(finding);
        };
        try {
            store.verifyChecksums();
            verifyEvents(report);
            verifyStreams(report);
        } catch (StorageException damage) {
            report.accept(damage.getMessage());
        }
        return new Result(events, streams, wrong.isEmpty());
    }

    private void verifyEvents(Consumer<String> report) {
        long end = LogFormat.end(store);
        long next = 0;
        List<StoredEvent> page = reader.allForwards(next, STEP);
        while (!page.isEmpty()) {
            for (StoredEvent event : page) {
                verifyEvent(event, end, report);
                events++;
                next = event.position() + 1;
            }
            page = reader.allForwards(next, STEP);
        }
    }

    private void verifyEvent(StoredEvent event, long end, Consumer<String> report) {
        if (event.position() >= end) {
            report.accept("the event at " + event.position() + " is behind the log's end " + end);
        }
        Optional<Long> indexed = reader.at(event.stream(), event.revision()).map(StoredEvent::position);
        if (indexed.isEmpty() || indexed.get() != event.position()) {
            report.accept("the event at " + event.position() + " is not in its stream's index");
        }
    }

    private void verifyStreams(Consumer<String> report) {
        Optional<String> stream = reader.firstStream();
        while (stream.isPresent()) {
            verifyStream(stream.get(), report);
            streams++;
            stream = reader.streamAfter(stream.get());
        }
    }

    private void verifyStream(String stream, Consumer<String> report) {
        boolean isIndex = StandardIndexes.isIndexStream(stream);
        long next = 0;
        long lastPosition = -1;
        List<EventReader.StreamEntry> page = reader.forwards(stream, next, Long.MAX_VALUE, STEP);
        while (!page.isEmpty()) {
            for (EventReader.StreamEntry entry : page) {
                if (entry.position() <= lastPosition) {
                    report.accept("an index is out of order at position " + entry.position());
                }
                // The last entry of an index stream stays even if its event is scavenged.
                if (!isIndex && !reader.exists(entry.position())) {
                    report.accept("a stream's index points to " + entry.position() + ", where there is no event");
                }
                lastPosition = entry.position();
                next = entry.revision() + 1;
            }
            page = next < 0 ? List.of() : reader.forwards(stream, next, Long.MAX_VALUE, STEP);
        }
    }

    /** @param sound whether the store has no fault */
    public record Result(long events, long streams, boolean sound) {}
}
