package io.metachat.embedded.eventstoredb.internal.rpc.reads;

import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import io.grpc.stub.ServerCallStreamObserver;
import io.metachat.embedded.eventstoredb.internal.commit.LogEnd;
import io.metachat.embedded.eventstoredb.internal.read.EventSource;
import io.metachat.embedded.eventstoredb.internal.read.Page;
import io.metachat.embedded.eventstoredb.internal.read.ReadItem;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.Wire;
import io.metachat.embedded.eventstoredb.internal.stream.StreamNames;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;

/** A subscription: a confirmation, all events from a start, a message when it has caught up, and then live events. */
final class SubscriptionPump extends Pump implements LogEnd.Waiter {

    private static final int PAGE = 128;

    private final String stream;
    private final EventSource source;
    private final boolean structuredIds;
    private final LogEnd logEnd;
    private final OpenPumps open;
    private boolean caughtUp;

    SubscriptionPump(
            ServerCallStreamObserver<ReadResp> call,
            Executor executor,
            String stream,
            EventSource source,
            boolean structuredIds,
            LogEnd logEnd,
            OpenPumps open) {
        super(call, executor);
        this.stream = stream;
        this.source = source;
        this.structuredIds = structuredIds;
        this.logEnd = logEnd;
        this.open = open;
        offer(ReadResp.newBuilder()
                .setConfirmation(ReadResp.SubscriptionConfirmation.newBuilder()
                        .setSubscriptionId(UUID.randomUUID().toString()))
                .build());
        // Registers before the first read of the source. Otherwise a commit between that read and the registration
        // would be missed.
        logEnd.add(this);
    }

    @Override
    public void committed(Set<String> streams) {
        if (stream.equals(StreamNames.ALL) || streams.contains(stream)) {
            wake();
        }
    }

    @Override
    Supply supply() {
        Page page = source.next(PAGE);
        page.items().forEach(item -> offer(message(item)));
        if (!page.atEnd() || !page.items().isEmpty()) {
            return Supply.MORE;
        }
        if (caughtUp) {
            return Supply.WAITING;
        }
        caughtUp = true;
        offer(ReadResp.newBuilder()
                .setCaughtUp(ReadResp.CaughtUp.getDefaultInstance())
                .build());
        return Supply.MORE;
    }

    @Override
    void released() {
        logEnd.remove(this);
        open.remove(this);
    }

    private ReadResp message(ReadItem item) {
        if (item instanceof ReadItem.Checkpoint checkpoint) {
            return ReadResp.newBuilder()
                    .setCheckpoint(ReadResp.Checkpoint.newBuilder()
                            .setCommitPosition(checkpoint.position())
                            .setPreparePosition(checkpoint.position()))
                    .build();
        }
        return ReadResp.newBuilder()
                .setEvent(Wire.readEvent(((ReadItem.Event) item).resolved(), structuredIds))
                .build();
    }
}
