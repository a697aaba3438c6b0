package io.metachat.benchmarks.projections;

import io.metachat.domain.EntryId;
import io.metachat.domain.UserId;
import io.metachat.domain.diary.event.EntryWritten;
import io.metachat.projections.entry.EntryProjection;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.TableWrite;
import io.metachat.projections.table.Writes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** A fixed set of entries by some people. */
record Diaries(int people, int entries) {

    private static final Instant BEGIN = Instant.parse("2026-03-04T12:00:00Z");
    private static final String TEXT = "A day like any other, but for the rain. ".repeat(20);

    UserId person(int number) {
        return new UserId(new UUID(7, number));
    }

    EntryId entry(int number) {
        return new EntryId(new UUID(number, number));
    }

    /** Returns the entries in the order of writing; entry n is by person n modulo people. */
    EntryWritten written(int number) {
        return new EntryWritten(
                person(number % people),
                entry(number),
                1,
                "Title",
                TEXT,
                List.of("work", "home"),
                null,
                BEGIN.plusSeconds(number),
                160);
    }

    /** Returns the entries projection's writes, prepared before the measurement. */
    List<TableWrite> rows() {
        Projection projection = EntryProjection.entries();
        List<TableWrite> rows = new ArrayList<>();
        IntStream.range(0, entries)
                .forEach(number -> projection.handle(written(number), collecting(number + 1L, rows)));
        return rows;
    }

    private static Writes collecting(long position, List<TableWrite> rows) {
        return new Writes() {
            @Override
            public long position() {
                return position;
            }

            @Override
            public Instant time() {
                return BEGIN;
            }

            @Override
            public void send(TableWrite write) {
                rows.add(write);
            }
        };
    }
}
