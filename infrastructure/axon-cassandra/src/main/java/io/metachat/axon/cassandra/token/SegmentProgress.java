package io.metachat.axon.cassandra.token;

import java.util.Optional;
import java.util.OptionalLong;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.jspecify.annotations.Nullable;

/**
 * The stored progress of a segment of a processor.
 *
 * @param segment the segment, with its mask
 * @param token the stored token; {@code null} when the segment has not begun
 * @param owner the node that holds the claim
 */
public record SegmentProgress(Segment segment, @Nullable TrackingToken token, Optional<String> owner) {

    /**
     * Returns the position below which (and at which) every event of the segment has been handled: during a replay that
     * of the replay, in a merged segment that of the part that is behind. Empty when the segment has not begun, or when
     * its kind of token has no position.
     */
    public OptionalLong position() {
        TrackingToken lowest = WrappedToken.unwrapLowerBound(token);
        return lowest == null ? OptionalLong.empty() : lowest.position();
    }
}
