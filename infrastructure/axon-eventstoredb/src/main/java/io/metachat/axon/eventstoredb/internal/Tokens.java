package io.metachat.axon.eventstoredb.internal;

import java.util.OptionalLong;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.jspecify.annotations.Nullable;

/** Tracking tokens are commit positions of {@code $all}. */
public final class Tokens {

    private Tokens() {}

    public static @Nullable TrackingToken at(OptionalLong position) {
        return position.isPresent() ? new GlobalSequenceTrackingToken(position.getAsLong()) : null;
    }

    /**
     * The position after which a consumer with this token goes on.
     *
     * @throws IllegalArgumentException for the token of another kind of store
     */
    public static long position(@Nullable TrackingToken token) {
        TrackingToken bare = token == null ? null : WrappedToken.unwrapLowerBound(token);
        if (bare == null) {
            return AllReader.START;
        }
        if (bare instanceof GlobalSequenceTrackingToken global) {
            return global.getGlobalIndex();
        }
        throw new IllegalArgumentException("Tokens of this store are GlobalSequenceTrackingTokens, got "
                + bare.getClass().getName());
    }
}
