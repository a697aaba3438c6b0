package io.metachat.service.grpc;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.metachat.service.call.Idempotency;
import io.metachat.service.error.ProblemException;
import io.metachat.service.error.Problems;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call to another service, with the parts that its message does not hold: token, idempotency key, minimum position
 * and deadline. Immutable; requires stubs of channels from {@link GrpcClients}.
 */
public final class GrpcCall {

    private static final Context.Key<Invocation> INVOCATION = Context.key("metachat-outgoing-call");

    private final @Nullable String token;
    private final @Nullable String idempotencyKey;
    private final OptionalLong minPosition;
    private final @Nullable Duration deadline;

    private GrpcCall(
            @Nullable String token,
            @Nullable String idempotencyKey,
            OptionalLong minPosition,
            @Nullable Duration deadline) {
        this.token = token;
        this.idempotencyKey = idempotencyKey;
        this.minPosition = minPosition;
        this.deadline = deadline;
    }

    /** Returns a call without a token, for open methods. */
    public static GrpcCall anonymous() {
        return new GrpcCall(null, null, OptionalLong.empty(), null);
    }

    /** Returns a call in the name of the token's user. */
    public static GrpcCall withToken(String token) {
        return new GrpcCall(token, null, OptionalLong.empty(), null);
    }

    /**
     * Returns the same call with the client's idempotency key.
     *
     * @throws RuntimeException a problem of the category {@code INVALID} unless it has 1 to 255 visible ASCII characters
     */
    public GrpcCall idempotencyKey(@Nullable String idempotencyKey) {
        String checked = idempotencyKey == null ? null : Idempotency.requireValid(idempotencyKey);
        return new GrpcCall(token, checked, minPosition, deadline);
    }

    /** The called read model must reach {@code position} before it responds. */
    public GrpcCall minPosition(long position) {
        return new GrpcCall(token, idempotencyKey, OptionalLong.of(position), deadline);
    }

    public GrpcCall minPosition(OptionalLong position) {
        return new GrpcCall(token, idempotencyKey, position, deadline);
    }

    /** How long the whole call may take; without it, {@code metachat.grpc.client.deadline}. */
    public GrpcCall deadline(Duration deadline) {
        return new GrpcCall(token, idempotencyKey, minPosition, deadline);
    }

    /**
     * Makes the call and waits for its response.
     *
     * @param call one blocking call of a stub
     * @throws ProblemException when the service responds with an error or cannot be reached
     */
    public <T> Answer<T> invoke(Supplier<T> call) {
        Invocation invocation = new Invocation(this);
        Context context = Context.current().withValue(INVOCATION, invocation);
        Context before = context.attach();
        try {
            T value = call.get();
            return new Answer<>(value, invocation.position);
        } catch (StatusRuntimeException failed) {
            throw new ProblemException(Problems.from(failed), failed);
        } finally {
            context.detach(before);
        }
    }

    /** A call in flight. The thread of its response reports the position before the caller reads it. */
    static final class Invocation {

        private final GrpcCall call;
        private volatile OptionalLong position = OptionalLong.empty();

        private Invocation(GrpcCall call) {
            this.call = call;
        }

        /** Returns the one that this thread is making; a call without one carries only the correlation. */
        static @Nullable Invocation current() {
            return INVOCATION.get();
        }

        GrpcCall call() {
            return call;
        }

        void reached(long reached) {
            position = OptionalLong.of(reached);
        }
    }

    @Nullable
    String token() {
        return token;
    }

    @Nullable
    String idempotencyKey() {
        return idempotencyKey;
    }

    OptionalLong minPosition() {
        return minPosition;
    }

    @Nullable
    Duration deadline() {
        return deadline;
    }
}
