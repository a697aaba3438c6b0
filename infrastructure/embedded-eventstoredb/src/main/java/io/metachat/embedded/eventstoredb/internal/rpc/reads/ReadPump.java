package io.metachat.embedded.eventstoredb.internal.rpc.reads;

import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import io.grpc.stub.ServerCallStreamObserver;
import io.metachat.embedded.eventstoredb.internal.read.EventSource;
import io.metachat.embedded.eventstoredb.internal.read.Page;
import io.metachat.embedded.eventstoredb.internal.read.ReadItem;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.Wire;
import java.util.concurrent.Executor;

/** A read of at most the requested number of events. */
final class ReadPump extends Pump {

    private static final int PAGE = 256;

    private final EventSource source;
    private final boolean structuredIds;
    private final StreamBounds bounds;
    private final OpenPumps open;
    private long wanted;

    /** @param wanted the number of events, unsigned as in the protocol */
    ReadPump(
            ServerCallStreamObserver<ReadResp> call,
            Executor executor,
            EventSource source,
            long wanted,
            boolean structuredIds,
            StreamBounds bounds,
            OpenPumps open) {
        super(call, executor);
        this.source = source;
        this.wanted = wanted < 0 ? Long.MAX_VALUE : wanted;
        this.structuredIds = structuredIds;
        this.bounds = bounds;
        this.open = open;
        bounds.before().ifPresent(this::offer);
    }

    @Override
    Supply supply() {
        if (wanted == 0) {
            return done(false);
        }
        Page page = source.next((int) Math.min(PAGE, wanted));
        for (ReadItem item : page.items()) {
            if (item instanceof ReadItem.Event event && wanted > 0) {
                wanted--;
                bounds.passed(event.resolved().original().revision());
                offer(ReadResp.newBuilder()
                        .setEvent(Wire.readEvent(event.resolved(), structuredIds))
                        .build());
            }
        }
        return page.atEnd() ? done(true) : Supply.MORE;
    }

    @Override
    void released() {
        open.remove(this);
    }

    private Supply done(boolean atEnd) {
        bounds.after(atEnd).ifPresent(this::offer);
        return Supply.DONE;
    }
}
