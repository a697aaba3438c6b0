package io.metachat.embedded.eventstoredb.internal.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.log.LogFormat;
import io.metachat.embedded.eventstoredb.internal.rules.ExpectedRevision;
import io.metachat.embedded.eventstoredb.internal.rules.ProposedEvent;
import io.metachat.embedded.eventstoredb.internal.rules.WriteCommand;
import io.metachat.embedded.eventstoredb.internal.rules.WriteOutcome;
import io.metachat.embedded.eventstoredb.internal.storage.KeyValueStore;
import io.metachat.embedded.eventstoredb.internal.storage.RocksDbStore;
import io.metachat.embedded.eventstoredb.internal.storage.StorageException;
import io.metachat.embedded.eventstoredb.internal.upkeep.Verification;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of the write-ahead log when the machine stops in the middle of its last record, at each of its bytes. */
class TornLogTest {

    private static final String STREAM = "$torn";

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private Path crashed;
    private long sizeBefore;
    private long sizeAfter;
    private long firstPosition;

    TornLogTest() {
        crashed = Path.of("");
    }

    /** Copied while the store is open: what a crash finds, two events in the log and nothing flushed. */
    @BeforeEach
    void crashAfterTwoEvents() throws IOException {
        Path original = directory.resolve("original");
        crashed = directory.resolve("crashed");
        try (KeyValueStore store = RocksDbStore.open(original)) {
            LogFormat.check(store);
            try (LogWriter writer = writer(store)) {
                firstPosition = append(writer);
                sizeBefore = Files.size(log(original));
                append(writer);
                sizeAfter = Files.size(log(original));
                copy(original, crashed);
            }
        }
    }

    @Test
    void shouldKeepEverythingBeforeATornRecord() throws IOException {
        for (long cut = sizeBefore; cut <= sizeAfter; cut++) {
            Path torn = directory.resolve("torn-" + cut);
            copy(crashed, torn);
            cut(log(torn), cut);
            int expected = cut == sizeAfter ? 2 : 1;
            try (KeyValueStore store = RocksDbStore.open(torn)) {
                LogFormat.check(store);
                EventReader reader = new EventReader(store);
                assertThat(reader.allForwards(0, 10)).as("cut at %d", cut).hasSize(expected);
                assertThat(reader.at(STREAM, 0).orElseThrow().position()).isEqualTo(firstPosition);
                try (LogWriter writer = writer(store)) {
                    append(writer);
                }
                assertThat(reader.lastRevision(STREAM)).isEqualTo(expected);
                assertThat(new Verification(store, reader, finding -> {}).run().sound())
                        .isTrue();
            }
            delete(torn);
        }
    }

    @Test
    void shouldRefuseALogThatIsDamagedBeforeItsLastRecord() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log(crashed).toFile(), "rw")) {
            file.seek(sizeBefore - 20);
            int old = file.read();
            file.seek(sizeBefore - 20);
            file.write(~old);
        }

        assertThatThrownBy(() -> RocksDbStore.open(crashed).close()).isInstanceOf(StorageException.class);
    }

    private static LogWriter writer(KeyValueStore store) {
        return new LogWriter(store, new EventReader(store), () -> {}, Clock.systemUTC());
    }

    private static long append(LogWriter writer) {
        ProposedEvent event = new ProposedEvent(
                UUID.randomUUID(), "t", "application/json", ByteString.copyFromUtf8("{}"), ByteString.EMPTY);
        WriteOutcome outcome = writer.submit(new WriteCommand.Append(STREAM, ExpectedRevision.ANY, List.of(event)))
                .join();
        return ((WriteOutcome.Written) outcome).position();
    }

    private static Path log(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private static void cut(Path file, long size) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(size);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void delete(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(data);
    }
}
