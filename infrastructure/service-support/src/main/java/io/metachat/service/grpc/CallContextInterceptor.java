package io.metachat.service.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.metachat.service.call.CallContext;
import io.metachat.service.call.Idempotency;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads what the caller sent beside the message, and puts the reached position into the answer's trailers. */
final class CallContextInterceptor implements ServerInterceptor {

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        CallContext callContext = new CallContext(idempotency(headers), minPosition(headers));
        ServerCall<Q, A> answering = new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
                callContext
                        .position()
                        .ifPresent(position -> trailers.put(CallHeaders.POSITION, Long.toString(position)));
                super.close(status, trailers);
            }
        };
        return Contexts.interceptCall(callContext.in(Context.current()), answering, headers, next);
    }

    private static @Nullable Idempotency idempotency(Metadata headers) {
        String key = headers.get(CallHeaders.IDEMPOTENCY_KEY);
        String fingerprint = headers.get(CallHeaders.IDEMPOTENCY_FINGERPRINT);
        return key == null ? null : new Idempotency(key, fingerprint == null ? "" : fingerprint);
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
