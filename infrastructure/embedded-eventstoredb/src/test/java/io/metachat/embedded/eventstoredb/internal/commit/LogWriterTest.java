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
import io.metachat.embedded.eventstoredb.internal.storage.StorageException;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LogWriterTest {

    private final FailingStore store = new FailingStore();
    private final EventReader reader = new EventReader(store);

    LogWriterTest() {
        LogFormat.check(store);
    }

    @Test
    void shouldCommitWaitingWritesTogether() {
        CountDownLatch go = new CountDownLatch(1);
        store.beforeWrite = () -> awaitUninterruptibly(go);
        try (LogWriter writer = writer(() -> {})) {
            List<CompletableFuture<WriteOutcome>> outcomes = new ArrayList<>();
            for (int number = 0; number < 100; number++) {
                outcomes.add(writer.submit(append("stream-" + number)));
            }
            go.countDown();
            outcomes.forEach(CompletableFuture::join);

            assertThat(store.writes).hasValueLessThan(50);
            assertThat(reader.allForwards(0, 1_000)).hasSize(100);
        }
    }

    @Test
    void shouldNotKnowAfterAFailedWriteAndTakeTheTruthFromTheDisk() {
        try (LogWriter writer = writer(() -> {})) {
            writer.submit(append("stream")).join();
            store.failing.set(true);
            assertThatThrownBy(() -> writer.submit(append("stream")).join()).hasCauseInstanceOf(StorageException.class);
            store.failing.set(false);

            WriteOutcome next = writer.submit(append("stream")).join();

            assertThat(store.reopened).hasValue(1);
            assertThat(next)
                    .isInstanceOfSatisfying(
                            WriteOutcome.Written.class,
                            written -> assertThat(written.revision()).isEqualTo(1));
            assertThat(reader.allForwards(0, 10)).hasSize(2);
        }
    }

    @Test
    void shouldRefuseWritesWhileTheGuardDoesAndThenGoOn() {
        AtomicBoolean full = new AtomicBoolean(true);
        WriteGuard guard = () -> {
            if (full.get()) {
                throw new WriteRefusedException("the disk is full");
            }
        };
        try (LogWriter writer = writer(guard)) {
            assertThatThrownBy(() -> writer.submit(append("stream")).join())
                    .hasCauseInstanceOf(WriteRefusedException.class);
            assertThat(reader.allForwards(0, 10)).isEmpty();

            full.set(false);

            assertThat(writer.submit(append("stream")).join()).isInstanceOf(WriteOutcome.Written.class);
        }
    }

    @Test
    void shouldAnswerEverythingWhenItStops() {
        LogWriter writer = writer(() -> {});
        List<CompletableFuture<WriteOutcome>> outcomes = new ArrayList<>();
        for (int number = 0; number < 500; number++) {
            outcomes.add(writer.submit(append("stream")));
        }

        writer.close();

        assertThat(outcomes).allMatch(CompletableFuture::isDone);
        assertThatThrownBy(() -> writer.submit(append("stream")).join())
                .hasCauseInstanceOf(WriteRefusedException.class);
    }

    @Test
    void shouldNeverLetTimeRunBackwards() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T12:00:00Z"));
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
        try (LogWriter writer = new LogWriter(store, reader, () -> {}, clock)) {
            writer.submit(append("stream")).join();
        }
        now.set(Instant.parse("2026-01-01T11:00:00Z"));
        try (LogWriter writer = new LogWriter(store, reader, () -> {}, clock)) {
            writer.submit(append("stream")).join();
        }

        assertThat(reader.allForwards(0, 10))
                .extracting(StoredEvent::created)
                .containsExactly(Instant.parse("2026-01-01T12:00:00Z"), Instant.parse("2026-01-01T12:00:00Z"));
    }

    private LogWriter writer(WriteGuard guard) {
        return new LogWriter(store, reader, guard, Clock.systemUTC());
    }

    private static WriteCommand append(String stream) {
        ProposedEvent event =
                new ProposedEvent(UUID.randomUUID(), "t", "application/json", ByteString.EMPTY, ByteString.EMPTY);
        return new WriteCommand.Append(stream, ExpectedRevision.ANY, List.of(event));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Fails when told to, and counts. */
    private static final class FailingStore extends InMemoryStore {
        private final AtomicInteger writes = new AtomicInteger();
        private final AtomicInteger reopened = new AtomicInteger();
        private final AtomicBoolean failing = new AtomicBoolean();
        private volatile Runnable beforeWrite = () -> {};

        @Override
        public void write(KeyValueStore.Batch batch) {
            beforeWrite.run();
            if (failing.get()) {
                throw new StorageException("the disk failed");
            }
            writes.incrementAndGet();
            super.write(batch);
        }

        @Override
        public void reopen() {
            reopened.incrementAndGet();
        }
    }
}
