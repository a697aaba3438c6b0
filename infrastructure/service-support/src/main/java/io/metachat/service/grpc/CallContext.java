package io.metachat.service.grpc;

import io.grpc.Context;
import io.metachat.service.command.Idempotency;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a served call carries beside its message, and the position that its answer will name. Thread-safe. */
public final class CallContext {

    private static final long NONE = -1;

    private static final Context.Key<CallContext> KEY = Context.key("metachat-call");
    private static final CallContext OUTSIDE = new CallContext(null, OptionalLong.empty());

    private final @Nullable Idempotency idempotency;
    private final OptionalLong minPosition;
    private final AtomicLong position = new AtomicLong(NONE);

    CallContext(@Nullable Idempotency idempotency, OptionalLong minPosition) {
        this.idempotency = idempotency;
        this.minPosition = minPosition;
    }

    /** The call that is being served. Outside of one, a context that carries nothing. */
    public static CallContext current() {
        CallContext current = KEY.get();
        return current == null ? OUTSIDE : current;
    }

    /** The client's idempotency key with its fingerprint. */
    public Optional<Idempotency> idempotency() {
        return Optional.ofNullable(idempotency);
    }

    /** The event-store position that a read must have reached. */
    public OptionalLong minPosition() {
        return minPosition;
    }

    /** Notes that this call's writes reached {@code position}; the answer's trailer names the highest. */
    public void reached(long position) {
        if (this != OUTSIDE) {
            this.position.accumulateAndGet(position, Math::max);
        }
    }

    OptionalLong position() {
        long reached = position.get();
        return reached == NONE ? OptionalLong.empty() : OptionalLong.of(reached);
    }

    Context in(Context context) {
        return context.withValue(KEY, this);
    }
}
