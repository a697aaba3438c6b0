package io.metachat.service.grpc;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.metachat.service.call.Idempotency;
import io.metachat.service.error.ProblemException;
import io.metachat.service.error.Problems;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call to another service with what goes beside the message. Immutable; works with stubs of channels from
 * {@link GrpcClients}.
 */
public final class GrpcCall {

    private static final Context.Key<Invocation> INVOCATION = Context.key("metachat-outgoing-call");

    private final @Nullable String token;
    private final @Nullable Idempotency idempotency;
    private final OptionalLong minPosition;
    private final @Nullable Duration deadline;

    private GrpcCall(
            @Nullable String token,
            @Nullable Idempotency idempotency,
            OptionalLong minPosition,
            @Nullable Duration deadline) {
        this.token = token;
        this.idempotency = idempotency;
        this.minPosition = minPosition;
        this.deadline = deadline;
    }

    /** A call without a token, for methods that are open. */
    public static GrpcCall anonymous() {
        return new GrpcCall(null, null, OptionalLong.empty(), null);
    }

    /** A call in the name of the token's subject. */
    public static GrpcCall withToken(String token) {
        return new GrpcCall(token, null, OptionalLong.empty(), null);
    }

    public GrpcCall idempotency(@Nullable Idempotency idempotency) {
        return new GrpcCall(token, idempotency, minPosition, deadline);
    }

    /** The called read model must have reached {@code position} before it answers. */
    public GrpcCall minPosition(long position) {
        return new GrpcCall(token, idempotency, OptionalLong.of(position), deadline);
    }

    public GrpcCall minPosition(OptionalLong position) {
        return new GrpcCall(token, idempotency, position, deadline);
    }

    /** How long the whole call may take; without it, {@code metachat.grpc.client.deadline}. */
    public GrpcCall deadline(Duration deadline) {
        return new GrpcCall(token, idempotency, minPosition, deadline);
    }

    /**
     * Makes the call and waits for its answer.
     *
     * @param call one blocking call of a stub
     * @throws ProblemException when the service answers with an error or is not reached
     */
    public <T> Answer<T> invoke(Supplier<T> call) {
        Invocation invocation = new Invocation(this, new AtomicReference<>(OptionalLong.empty()));
        Context context = Context.current().withValue(INVOCATION, invocation);
        Context before = context.attach();
        try {
            T value = call.get();
            return new Answer<>(value, invocation.position().get());
        } catch (StatusRuntimeException failed) {
            throw new ProblemException(Problems.from(failed), failed);
        } finally {
            context.detach(before);
        }
    }

    /**
     * A call under way.
     *
     * @param position what its answer's trailers say
     */
    record Invocation(GrpcCall call, AtomicReference<OptionalLong> position) {

        /** The one that this thread is making; calls without one carry only the correlation. */
        static @Nullable Invocation current() {
            return INVOCATION.get();
        }
    }

    @Nullable
    String token() {
        return token;
    }

    @Nullable
    Idempotency idempotency() {
        return idempotency;
    }

    OptionalLong minPosition() {
        return minPosition;
    }

    @Nullable
    Duration deadline() {
        return deadline;
    }
}
