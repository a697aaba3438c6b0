package io.metachat.axon.eventstoredb.internal.codec;

import com.eventstore.dbclient.Position;
import java.util.OptionalLong;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.jspecify.annotations.Nullable;

/**
 * Commit positions of {@code $all}, and the tracking tokens that carry them. Prepare and commit position are the same
 * for everything written over gRPC.
 */
public final class Positions {

    /** Before the first event. */
    public static final long START = -1;

    private Positions() {}

    /** Returns the position as the client wants it; not for {@link #START}. */
    public static Position toClient(long position) {
        return new Position(position, position);
    }

    /** Returns the token of a consumer that has read up to this position; {@code null} for none. */
    public static @Nullable TrackingToken token(OptionalLong position) {
        return position.isPresent() ? token(position.getAsLong()) : null;
    }

    static TrackingToken token(long position) {
        return new GlobalSequenceTrackingToken(position);
    }

    /**
     * Returns the position after which a consumer with this token resumes.
     *
     * @throws IllegalArgumentException for the token of another kind of store
     */
    public static long after(@Nullable TrackingToken token) {
        TrackingToken bare = token == null ? null : WrappedToken.unwrapLowerBound(token);
        if (bare == null) {
            return START;
        }
        if (bare instanceof GlobalSequenceTrackingToken global) {
            return global.getGlobalIndex();
        }
        throw new IllegalArgumentException("Tokens of this store are GlobalSequenceTrackingTokens, got "
                + bare.getClass().getName());
    }
}
