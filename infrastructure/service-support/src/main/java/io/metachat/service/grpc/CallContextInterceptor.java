package io.metachat.service.grpc;

import com.google.protobuf.Message;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.metachat.service.call.CallContext;
import io.metachat.service.call.DigestKeys;
import io.metachat.service.call.Idempotency;
import io.metachat.service.call.RequestBytes;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.security.Caller;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of a call, digests its idempotency key and its message, and writes the reached position into the
 * response's trailers. The service digests the message that it received: a caller's own digest would prove nothing.
 */
final class CallContextInterceptor implements ServerInterceptor {

    private final @Nullable DigestKeys digestKeys;

    /** @param digestKeys null for a service without commands, which ignores idempotency keys */
    CallContextInterceptor(@Nullable DigestKeys digestKeys) {
        this.digestKeys = digestKeys;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String key = idempotencyKey(headers);
        CallContext callContext = new CallContext(key, minPosition(headers));
        ServerCall<Q, A> answering = new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
                callContext
                        .position()
                        .ifPresent(position -> trailers.put(CallHeaders.POSITION, Long.toString(position)));
                super.close(status, trailers);
            }
        };
        ServerCall.Listener<Q> listener =
                Contexts.interceptCall(callContext.in(Context.current()), answering, headers, next);
        if (key == null || digestKeys == null) {
            return listener;
        }
        String caller =
                Caller.find().map(signedIn -> signedIn.userId().toString()).orElse("");
        String method = call.getMethodDescriptor().getFullMethodName();
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onMessage(Q message) {
                callContext.identified(digestKeys.idempotency(caller, key, method, RequestBytes.of((Message) message)));
                super.onMessage(message);
            }
        };
    }

    private static @Nullable String idempotencyKey(Metadata headers) {
        String key = headers.get(CallHeaders.IDEMPOTENCY_KEY);
        return key == null ? null : Idempotency.requireValid(key);
    }

    private static OptionalLong minPosition(Metadata headers) {
        String value = headers.get(CallHeaders.MIN_POSITION);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!value.matches("[0-9]{1,18}")) {
            throw Problem.of("min-position-invalid", ProblemCategory.INVALID, "A position is a number.")
                    .toException();
        }
        return OptionalLong.of(Long.parseLong(value));
    }
}
