package io.metachat.embedded.eventstoredb.internal.commit;

import io.metachat.embedded.eventstoredb.internal.log.EventReader;
import io.metachat.embedded.eventstoredb.internal.log.LogFormat;
import io.metachat.embedded.eventstoredb.internal.rules.Decision;
import io.metachat.embedded.eventstoredb.internal.rules.ExpectedRevision;
import io.metachat.embedded.eventstoredb.internal.rules.RecentEventIds;
import io.metachat.embedded.eventstoredb.internal.rules.StreamStates;
import io.metachat.embedded.eventstoredb.internal.rules.WriteCommand;
import io.metachat.embedded.eventstoredb.internal.rules.WriteOutcome;
import io.metachat.embedded.eventstoredb.internal.rules.WriteRules;
import io.metachat.embedded.eventstoredb.internal.storage.KeyValueStore;
import io.metachat.embedded.eventstoredb.internal.storage.StorageException;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The only writer thread. It decides on commands in their order of arrival, collects pending ones in a group, makes the
 * group durable, publishes the new end of the log, and only then answers.
 */
public final class LogWriter implements AutoCloseable {

    private static final int QUEUE = 8_192;

    /** The limit for pending commands, which are in memory. Otherwise large appends of many callers would fill it. */
    private static final long MAX_WAITING_BYTES =
            Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 4);

    private static final int GROUP_COMMANDS = 1_024;
    private static final long GROUP_BYTES = 4L << 20;

    /** Larger than the number of streams that one group can touch; see {@link StreamStates}. */
    private static final int KNOWN_STREAMS = 32_768;

    private static final int KNOWN_EVENT_IDS = 65_536;

    private final KeyValueStore store;
    private final WriteGuard guard;
    private final StreamStates states;
    private final RecentEventIds recent = new RecentEventIds(KNOWN_EVENT_IDS);
    private final WriteRules rules;
    private final Staging staging;
    private final LogEnd end;
    private final BlockingQueue<Task> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;

    /** Set when it is unknown whether the last batch is on disk. */
    private boolean uncertain;

    private @Nullable CommitGroup group;

    public LogWriter(KeyValueStore store, EventReader reader, WriteGuard guard, Clock clock) {
        this.store = store;
        this.guard = guard;
        states = new StreamStates(reader, KNOWN_STREAMS);
        rules = new WriteRules(reader, states, recent);
        long committed = LogFormat.end(store);
        long lastTicks = reader.allBackwards(committed, 1).stream()
                .mapToLong(StoredEvent::createdTicks)
                .findFirst()
                .orElse(0);
        staging = new Staging(reader, states, clock, lastTicks);
        end = new LogEnd(committed);
        thread = new Thread(this::run, "eventstoredb-writer");
        thread.setDaemon(true);
        thread.start();
    }

    public LogEnd end() {
        return end;
    }

    /**
     * Queues a command.
     *
     * @return its outcome, completed on the writer's thread. It fails with {@link StorageException} if it is unknown
     *     whether the write was stored, and with {@link WriteRefusedException} if it was not
     */
    public CompletableFuture<WriteOutcome> submit(WriteCommand command) {
        Task task = new Task(command, new CompletableFuture<>());
        long bytes = command.size();
        if (closing) {
            task.refuse("the server is stopping");
        } else if (waitingBytes.addAndGet(bytes) > MAX_WAITING_BYTES || !queue.offer(task)) {
            waitingBytes.addAndGet(-bytes);
            task.refuse("too many pending writes");
        } else if (closing) {
            // The thread may have ended between the two checks of the flag.
            refuseWaiting();
        }
        return task.outcome();
    }

    /** Answers the queued commands, then stops. */
    @Override
    public void close() {
        closing = true;
        queue.offer(Task.WAKE);
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        refuseWaiting();
    }

    private void run() {
        try {
            while (!closing || !queue.isEmpty()) {
                writeGroup(queue.take());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeGroup(Task first) {
        try {
            Task task = first;
            while (task != null) {
                process(task);
                task = isFull() ? null : queue.poll();
            }
            commit();
        } catch (RuntimeException failure) {
            abandon(failure);
        } catch (OutOfMemoryError tooMuch) {
            // If this thread died, every later write would wait for ever.
            abandon(new StorageException("out of memory for a write", tooMuch));
        }
    }

    private boolean isFull() {
        return group != null && (group.size() >= GROUP_COMMANDS || group.bytes() >= GROUP_BYTES);
    }

    private void process(Task task) {
        waitingBytes.addAndGet(-task.command().size());
        if (task == Task.WAKE) {
            return;
        }
        try {
            ensureCertain();
            guard.check();
        } catch (RuntimeException failure) {
            task.outcome().completeExceptionally(failure);
            return;
        }
        try {
            decide(task);
        } catch (RuntimeException failure) {
            task.outcome().completeExceptionally(failure);
            throw failure;
        }
    }

    private void decide(Task task) {
        WriteCommand command = task.command();
        if (group != null && group.touches(command.stream()) && rules.needsStoredEvents(command)) {
            commit();
        }
        Decision decision = rules.decide(command);
        CommitGroup current = openGroup();
        if (decision instanceof Decision.Answer answer) {
            // Only after the group is durable, because the answer may depend on staged events.
            current.reply(task.outcome(), answer.outcome());
        } else {
            current.reply(task.outcome(), staging.stage(command, current));
        }
    }

    private CommitGroup openGroup() {
        if (group == null) {
            group = new CommitGroup(store.newBatch(), states, recent, end.position());
        }
        return group;
    }

    private void commit() {
        CommitGroup current = group;
        if (current == null) {
            return;
        }
        if (current.hasWrites()) {
            LogFormat.putEnd(current.batch(), current.end());
            store.write(current.batch());
            end.moveTo(current.end(), current.touched());
        }
        group = null;
        current.close();
        current.succeed();
    }

    private void abandon(RuntimeException failure) {
        uncertain = true;
        CommitGroup failed = group;
        group = null;
        if (failed != null) {
            failed.close();
            failed.fail(failure);
        }
    }

    /** Discards the staged state and reads the state from disk. */
    private void ensureCertain() {
        if (!uncertain) {
            return;
        }
        guard.check();
        store.reopen();
        states.forgetAll();
        recent.forgetAll();
        end.moveTo(LogFormat.end(store), Set.of());
        uncertain = false;
    }

    private void refuseWaiting() {
        Task task;
        while ((task = queue.poll()) != null) {
            waitingBytes.addAndGet(-task.command().size());
            task.refuse("the server is stopping");
        }
    }

    private record Task(WriteCommand command, CompletableFuture<WriteOutcome> outcome) {

        /** Ends the wait for a command when the writer must stop. */
        static final Task WAKE =
                new Task(new WriteCommand.SoftDelete("", ExpectedRevision.ANY), new CompletableFuture<WriteOutcome>());

        void refuse(String reason) {
            outcome.completeExceptionally(new WriteRefusedException(reason));
        }
    }
}
