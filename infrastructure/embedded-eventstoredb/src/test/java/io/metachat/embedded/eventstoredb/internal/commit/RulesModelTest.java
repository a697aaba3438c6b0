package io.metachat.embedded.eventstoredb.internal.commit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.log.LogFormat;
import io.metachat.embedded.eventstoredb.internal.read.Direction;
import io.metachat.embedded.eventstoredb.internal.read.EventSource;
import io.metachat.embedded.eventstoredb.internal.read.Page;
import io.metachat.embedded.eventstoredb.internal.read.ReadItem;
import io.metachat.embedded.eventstoredb.internal.read.Reads;
import io.metachat.embedded.eventstoredb.internal.read.StreamView;
import io.metachat.embedded.eventstoredb.internal.rules.ExpectedRevision;
import io.metachat.embedded.eventstoredb.internal.rules.ProposedEvent;
import io.metachat.embedded.eventstoredb.internal.rules.WriteCommand;
import io.metachat.embedded.eventstoredb.internal.rules.WriteOutcome;
import io.metachat.embedded.eventstoredb.internal.storage.KeyValueStore;
import io.metachat.embedded.eventstoredb.internal.storage.RocksDbStore;
import io.metachat.embedded.eventstoredb.internal.stream.EventTypes;
import io.metachat.embedded.eventstoredb.internal.stream.StreamNames;
import io.metachat.embedded.eventstoredb.internal.upkeep.Verification;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories of appends, deletions, metadata and restarts, each step compared with the model. Some run side by side,
 * so that their writes meet in commit groups. A failure names the seed; {@code -Dmetachat.model.seed=} begins there.
 */
class RulesModelTest {

    private static final String SEED = "metachat.model.seed";
    private static final int STEPS = 15;
    private static final int SIDE_BY_SIDE = 16;

    @Test
    void shouldFollowTheRulesInTenThousandHistories() {
        InMemoryStore store = new InMemoryStore();
        LogFormat.check(store);

        tryHistories(store, 10_000);
    }

    @Test
    void shouldFollowTheRulesOnTheDisk(@TempDir Path data) {
        try (KeyValueStore store = RocksDbStore.open(data)) {
            LogFormat.check(store);

            tryHistories(store, 100);

            Verification.Result result = new Verification(store, new EventReader(store), finding -> {}).run();
            assertThat(result.sound()).isTrue();
        }
    }

    private static void tryHistories(KeyValueStore store, int count) {
        long firstSeed = Long.getLong(SEED, System.nanoTime());
        System.out.println(count + " histories from -D" + SEED + "=" + firstSeed + " on");
        try (Engine engine = new Engine(store)) {
            for (long seed = firstSeed; seed < firstSeed + count; seed += SIDE_BY_SIDE) {
                try {
                    engine.play(seed, Math.min(SIDE_BY_SIDE, firstSeed + count - seed));
                } catch (AssertionError | RuntimeException failure) {
                    throw new AssertionError("-D" + SEED + "=" + seed, failure);
                }
            }
        }
    }

    /** One stream, and what the model says of it. */
    private static final class History {
        private final Random random;
        private final String stream;
        private final ModelStream model;

        private History(long seed, Set<UUID> rememberedIds) {
            random = new Random(seed);
            stream = "model-" + seed;
            model = new ModelStream(rememberedIds);
        }

        /** @return the next command and the right answer; nothing when a restart is next */
        private Optional<Step> next() {
            int kind = random.nextInt(100);
            ExpectedRevision expected = expected(random, model);
            if (kind < 70) {
                List<UUID> ids = ids(random, model);
                return step(new WriteCommand.Append(stream, expected, events(ids)), model.append(expected, ids));
            } else if (kind < 80) {
                return step(new WriteCommand.SoftDelete(stream, expected), model.softDelete(expected));
            } else if (kind < 82) {
                return step(new WriteCommand.Tombstone(stream, expected), model.tombstone(expected));
            } else if (kind < 97) {
                Long maxCount = random.nextBoolean() ? null : 1L + random.nextInt(4);
                Long truncateBefore = random.nextBoolean() ? null : (long) random.nextInt(6);
                return step(setMetadata(stream, maxCount, truncateBefore), model.setMetadata(maxCount, truncateBefore));
            }
            return Optional.empty();
        }

        private static Optional<Step> step(WriteCommand command, String answer) {
            return Optional.of(new Step(command, answer));
        }
    }

    private record Step(WriteCommand command, String answer) {}

    /** What the model is compared with. */
    private static final class Engine implements AutoCloseable {
        private final KeyValueStore store;
        private final EventReader reader;
        private final Reads reads;
        private final Set<UUID> rememberedIds = new HashSet<>();
        private LogWriter writer;

        private Engine(KeyValueStore store) {
            this.store = store;
            reader = new EventReader(store);
            reads = new Reads(reader, Clock.systemUTC());
            writer = newWriter();
        }

        private void play(long firstSeed, long count) {
            List<History> histories = LongStream.range(firstSeed, firstSeed + count)
                    .mapToObj(seed -> new History(seed, rememberedIds))
                    .toList();
            for (int step = 0; step < STEPS; step++) {
                List<Optional<Step>> steps =
                        histories.stream().map(History::next).toList();
                write(steps.stream().flatMap(Optional::stream).toList());
                if (steps.contains(Optional.<Step>empty())) {
                    restart();
                }
                histories.forEach(history -> compareReads(history.random, history.stream, history.model));
            }
        }

        private void write(List<Step> steps) {
            List<CompletableFuture<WriteOutcome>> outcomes =
                    steps.stream().map(Step::command).map(writer::submit).toList();
            for (int number = 0; number < steps.size(); number++) {
                WriteCommand command = steps.get(number).command();
                assertThat(answer(command, outcomes.get(number).join()))
                        .as("%s", command)
                        .isEqualTo(steps.get(number).answer());
            }
        }

        private void compareReads(Random random, String stream, ModelStream model) {
            StreamView view = reads.view(stream);
            List<Long> visible = model.visible();
            if (model.isTombstoned()) {
                assertThat(view).isInstanceOf(StreamView.Deleted.class);
            } else if (visible == null) {
                assertThat(view).isInstanceOf(StreamView.NotFound.class);
            } else {
                int page = 1 + random.nextInt(5);
                // Lists compared whole: ten thousand histories have a million of these.
                assertThat(revisions(reads.stream(stream, Direction.FORWARDS, 0, false), page))
                        .isEqualTo(visible);
                assertThat(revisions(reads.stream(stream, Direction.BACKWARDS, Long.MAX_VALUE, false), page))
                        .isEqualTo(reversed(visible));
                assertThat(visible.stream()
                                .map(revision -> reader.at(stream, revision)
                                        .orElseThrow()
                                        .id())
                                .toList())
                        .isEqualTo(visible.stream().map(model::idAt).toList());
            }
        }

        private String answer(WriteCommand command, WriteOutcome outcome) {
            if (outcome instanceof WriteOutcome.Written written) {
                boolean ordinary = command instanceof WriteCommand.Append && !StreamNames.isMetadata(command.stream());
                if (!ordinary) {
                    return "written";
                }
                assertThat(reader.at(command.stream(), written.revision())
                                .orElseThrow()
                                .position())
                        .isEqualTo(written.position());
                return "written at " + written.revision();
            }
            if (outcome instanceof WriteOutcome.NothingToWrite nothing) {
                return "nothing at " + nothing.revision();
            }
            return outcome instanceof WriteOutcome.WrongRevision wrong ? "wrong at " + wrong.actual() : "deleted";
        }

        private void restart() {
            writer.close();
            writer = newWriter();
            rememberedIds.clear();
        }

        private LogWriter newWriter() {
            return new LogWriter(store, reader, () -> {}, Clock.systemUTC());
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    private static ExpectedRevision expected(Random random, ModelStream model) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> ExpectedRevision.ANY;
            case 2 -> ExpectedRevision.STREAM_EXISTS;
            case 3 -> ExpectedRevision.NO_STREAM;
            case 4, 5 -> model.size() == 0 ? ExpectedRevision.NO_STREAM : ExpectedRevision.exactly(model.size() - 1L);
            default -> ExpectedRevision.exactly(random.nextInt(model.size() + 2));
        };
    }

    /** New ids mostly; sometimes a piece of what was written, sometimes with something new behind it. */
    private static List<UUID> ids(Random random, ModelStream model) {
        List<UUID> ids = new ArrayList<>();
        if (model.size() > 0 && random.nextInt(3) == 0) {
            int from = random.nextInt(model.size());
            int to = Math.min(model.size(), from + 1 + random.nextInt(3));
            for (int revision = from; revision < to; revision++) {
                ids.add(model.idAt(revision));
            }
        }
        int fresh = ids.isEmpty() ? random.nextInt(4) : random.nextInt(3) - 1;
        for (int number = 0; number < fresh; number++) {
            ids.add(new UUID(random.nextLong(), random.nextLong()));
        }
        return ids;
    }

    private static List<ProposedEvent> events(List<UUID> ids) {
        return ids.stream()
                .map(id -> new ProposedEvent(
                        id, "model", "application/json", ByteString.copyFromUtf8("{}"), ByteString.EMPTY))
                .toList();
    }

    private static WriteCommand setMetadata(String stream, @Nullable Long maxCount, @Nullable Long truncateBefore) {
        List<String> fields = new ArrayList<>();
        if (maxCount != null) {
            fields.add("\"$maxCount\":" + maxCount);
        }
        if (truncateBefore != null) {
            fields.add("\"$tb\":" + truncateBefore);
        }
        ByteString json = ByteString.copyFromUtf8("{" + String.join(",", fields) + "}");
        ProposedEvent event =
                new ProposedEvent(UUID.randomUUID(), EventTypes.METADATA, "application/json", json, ByteString.EMPTY);
        return new WriteCommand.Append(StreamNames.metadataOf(stream), ExpectedRevision.ANY, List.of(event));
    }

    private static List<Long> revisions(EventSource source, int limit) {
        List<Long> revisions = new ArrayList<>();
        Page page;
        do {
            page = source.next(limit);
            for (ReadItem item : page.items()) {
                revisions.add(((ReadItem.Event) item).resolved().original().revision());
            }
        } while (!page.atEnd());
        return revisions;
    }

    private static List<Long> reversed(List<Long> revisions) {
        List<Long> reversed = new ArrayList<>(revisions);
        Collections.reverse(reversed);
        return reversed;
    }
}
