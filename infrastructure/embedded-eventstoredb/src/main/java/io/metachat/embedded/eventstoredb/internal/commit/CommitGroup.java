package io.metachat.embedded.eventstoredb.internal.commit;

import io.metachat.embedded.eventstoredb.internal.log.EventCodec;
import io.metachat.embedded.eventstoredb.internal.log.Keys;
import io.metachat.embedded.eventstoredb.internal.rules.RecentEventIds;
import io.metachat.embedded.eventstoredb.internal.rules.StreamState;
import io.metachat.embedded.eventstoredb.internal.rules.StreamStates;
import io.metachat.embedded.eventstoredb.internal.rules.WriteOutcome;
import io.metachat.embedded.eventstoredb.internal.storage.KeyValueStore;
import io.metachat.embedded.eventstoredb.internal.storage.Space;
import io.metachat.embedded.eventstoredb.internal.stream.StandardIndexes;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import io.metachat.embedded.eventstoredb.internal.stream.StreamNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Writes that become durable together, with one batch and one sync. Confined to the writer's thread. */
final class CommitGroup implements AutoCloseable {

    private final KeyValueStore.Batch batch;
    private final StreamStates states;
    private final RecentEventIds recent;
    private final Set<String> touched = new HashSet<>();
    private final List<Reply> replies = new ArrayList<>();
    private final long start;
    private long end;

    CommitGroup(KeyValueStore.Batch batch, StreamStates states, RecentEventIds recent, long start) {
        this.batch = batch;
        this.states = states;
        this.recent = recent;
        this.start = start;
        this.end = start;
    }

    /** Returns the position of the next staged event. */
    long end() {
        return end;
    }

    void stage(StoredEvent event) {
        byte[] value = EventCodec.encode(event);
        byte[] position = Keys.ofPosition(event.position());
        batch.put(Space.EVENTS, position, value);
        batch.put(Space.STREAMS, Keys.ofRevision(event.stream(), event.revision()), position);
        states.staged(event);
        recent.remember(event);
        touched.add(event.stream());
        for (String index : StandardIndexes.streamsFor(event)) {
            StreamState state = states.of(index);
            batch.put(Space.STREAMS, Keys.ofRevision(index, state.lastRevision() + 1), position);
            states.indexed(index);
            touched.add(index);
        }
        end += value.length;
    }

    void reply(CompletableFuture<WriteOutcome> to, WriteOutcome outcome) {
        replies.add(new Reply(to, outcome));
    }

    boolean touches(String stream) {
        return touched.contains(stream) || touched.contains(StreamNames.metadataOf(stream));
    }

    Set<String> touched() {
        return touched;
    }

    int size() {
        return replies.size();
    }

    long bytes() {
        return end - start;
    }

    boolean hasWrites() {
        return end != start;
    }

    KeyValueStore.Batch batch() {
        return batch;
    }

    void succeed() {
        replies.forEach(reply -> reply.to().complete(reply.outcome()));
    }

    void fail(RuntimeException failure) {
        replies.forEach(reply -> reply.to().completeExceptionally(failure));
    }

    @Override
    public void close() {
        batch.close();
    }

    private record Reply(CompletableFuture<WriteOutcome> to, WriteOutcome outcome) {}
}
