package io.metachat.service.call;

import io.grpc.Context;
import io.grpc.Deadline;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The parts of a served call that its message does not hold, and the position that its answer reports. Thread-safe. */
public final class CallContext {

    private static final long NONE = -1;

    private static final Context.Key<CallContext> KEY = Context.key("metachat-call");
    private static final CallContext OUTSIDE = new CallContext(null, OptionalLong.empty());

    private final @Nullable String idempotencyKey;
    private final OptionalLong minPosition;
    private final AtomicLong position = new AtomicLong(NONE);
    private volatile @Nullable Idempotency idempotency;

    /**
     * The context of a call that begins now.
     *
     * @param idempotencyKey the client's idempotency key as it was sent, if it sent one
     * @param minPosition the position that a read must have reached, if the client sent one
     */
    public CallContext(@Nullable String idempotencyKey, OptionalLong minPosition) {
        this.idempotencyKey = idempotencyKey;
        this.minPosition = minPosition;
    }

    /** Returns the context of the call that is being served; outside of a call, an empty one. */
    public static CallContext current() {
        CallContext current = KEY.get();
        return current == null ? OUTSIDE : current;
    }

    /** Returns the deadline of the call that is being served, if it has one. */
    public static Optional<Deadline> deadline() {
        return Optional.ofNullable(Context.current().getDeadline());
    }

    /** Returns the client's idempotency key as it was sent. It must not be stored. */
    public Optional<String> idempotencyKey() {
        return Optional.ofNullable(idempotencyKey);
    }

    /** Returns the digests of the client's idempotency key and of its request. */
    public Optional<Idempotency> idempotency() {
        return Optional.ofNullable(idempotency);
    }

    /** Records the digests once the message has arrived, before the call's method sees it. */
    public void identified(Idempotency digests) {
        this.idempotency = digests;
    }

    /** Returns the event-store position that a read must have reached. */
    public OptionalLong minPosition() {
        return minPosition;
    }

    /** Records that this call's writes reached {@code position}; the answer's trailer reports the highest one. */
    public void reached(long position) {
        if (this != OUTSIDE) {
            this.position.accumulateAndGet(position, Math::max);
        }
    }

    /** Returns the highest position that this call's writes reached; empty when it wrote nothing. */
    public OptionalLong position() {
        long reached = position.get();
        return reached == NONE ? OptionalLong.empty() : OptionalLong.of(reached);
    }

    /** Returns {@code context} with this call as {@link #current()}. */
    public Context in(Context context) {
        return context.withValue(KEY, this);
    }
}
