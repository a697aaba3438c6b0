package io.metachat.embedded.eventstoredb.internal.rpc.reads;

import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import io.metachat.embedded.eventstoredb.internal.read.Direction;
import io.metachat.embedded.eventstoredb.internal.read.StreamView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a read of a stream says about the stream's ends: where it begins when the reader asked for something that has been
 * truncated, and where it ends when the reader got that far.
 */
final class StreamBounds {

    private final StreamView.@Nullable Visible view;
    private final Direction direction;
    private final long start;
    private long reached = -1;

    private StreamBounds(StreamView.@Nullable Visible view, Direction direction, long start) {
        this.view = view;
        this.direction = direction;
        this.start = start;
    }

    /** For reads of the whole log, and for callers of the protocol's first version. */
    static StreamBounds untold() {
        return new StreamBounds(null, Direction.FORWARDS, 0);
    }

    static StreamBounds of(StreamView.Visible view, Direction direction, long start) {
        return new StreamBounds(view, direction, start);
    }

    Optional<ReadResp> before() {
        return view != null && direction == Direction.FORWARDS && start < view.first() && view.first() <= view.last()
                ? Optional.of(ReadResp.newBuilder()
                        .setFirstStreamPosition(view.first())
                        .build())
                : Optional.empty();
    }

    void passed(long revision) {
        reached = revision;
    }

    Optional<ReadResp> after(boolean atEnd) {
        return view != null && (atEnd || hasReachedEnd(view))
                ? Optional.of(
                        ReadResp.newBuilder().setLastStreamPosition(view.last()).build())
                : Optional.empty();
    }

    private boolean hasReachedEnd(StreamView.Visible visible) {
        return direction == Direction.FORWARDS ? reached >= visible.last() : reached == visible.first();
    }
}
