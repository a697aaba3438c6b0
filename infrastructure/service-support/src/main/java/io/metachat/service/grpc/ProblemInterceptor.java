package io.metachat.service.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemTrailers;
import io.metachat.service.error.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where exceptions become statuses. A method may throw or call {@code onError}: both end as the same
 * problem.
 */
final class ProblemInterceptor implements ServerInterceptor {

    private static final Logger log = LoggerFactory.getLogger(ProblemInterceptor.class);

    private final Problems problems;

    ProblemInterceptor(Problems problems) {
        this.problems = problems;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        TranslatingCall<Q, A> translating = new TranslatingCall<>(call);
        try {
            return new TranslatingListener<>(next.startCall(translating, headers), translating);
        } catch (RuntimeException refused) {
            translating.fail(refused);
            return new ServerCall.Listener<>() {};
        }
    }

    private final class TranslatingCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

        // The callbacks of one call never run at the same time, but a method may respond from another thread.
        private volatile boolean closed;

        private TranslatingCall(ServerCall<Q, A> delegate) {
            super(delegate);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            closed = true;
            if (needsTranslation(status)) {
                Throwable cause = status.getCause() == null ? status.asRuntimeException() : status.getCause();
                Problem problem = problems.of(cause);
                ProblemTrailers.write(problem, trailers);
                super.close(ProblemTrailers.status(problem), trailers);
            } else {
                super.close(status, trailers);
            }
        }

        // A thrown exception arrives here as UNKNOWN with a cause. A status that the method chose stays unchanged.
        private boolean needsTranslation(Status status) {
            return !status.isOk() && (status.getCause() != null || status.getCode() == Status.Code.UNKNOWN);
        }

        private void fail(RuntimeException thrown) {
            if (closed) {
                log.error("A call failed after its response", thrown);
                return;
            }
            close(Status.UNKNOWN.withCause(thrown), new Metadata());
        }
    }

    private final class TranslatingListener<Q> extends SimpleForwardingServerCallListener<Q> {

        private final TranslatingCall<?, ?> call;

        private TranslatingListener(ServerCall.Listener<Q> delegate, TranslatingCall<?, ?> call) {
            super(delegate);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            answered(() -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            answered(super::onHalfClose);
        }

        @Override
        public void onReady() {
            answered(super::onReady);
        }

        private void answered(Runnable callback) {
            try {
                callback.run();
            } catch (RuntimeException thrown) {
                call.fail(thrown);
            }
        }
    }
}
