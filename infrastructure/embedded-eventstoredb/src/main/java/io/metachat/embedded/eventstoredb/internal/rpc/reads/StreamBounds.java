package io.metachat.embedded.eventstoredb.internal.rpc.reads;

import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import io.metachat.embedded.eventstoredb.internal.read.Direction;
import io.metachat.embedded.eventstoredb.internal.read.StreamView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a stream read about the stream's bounds: its first revision if the read starts in a truncated range,
 * and its last revision if the read reaches it.
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

    /**
     * Returns bounds that send no messages, for reads of the whole log and for clients of the protocol's first version.
     */
    static StreamBounds unknown() {
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
