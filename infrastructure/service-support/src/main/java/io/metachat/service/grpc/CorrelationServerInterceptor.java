package io.metachat.service.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.metachat.service.correlation.Correlation;
import io.metachat.service.logging.ServiceName;

/** Binds the caller's correlation, or a new one, to the threads that serve the call. */
final class CorrelationServerInterceptor implements ServerInterceptor {

    private final String service;

    CorrelationServerInterceptor(String service) {
        this.service = service;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Correlation correlation =
                Correlation.accept(headers.get(CallHeaders.CORRELATION_ID), headers.get(CallHeaders.TRACEPARENT));
        try (ServiceName.Scope name = ServiceName.open(service);
                Correlation.Scope scope = correlation.open()) {
            return new CorrelatedListener<>(next.startCall(call, headers), correlation);
        }
    }

    private final class CorrelatedListener<Q> extends SimpleForwardingServerCallListener<Q> {

        private final Correlation correlation;

        private CorrelatedListener(ServerCall.Listener<Q> delegate, Correlation correlation) {
            super(delegate);
            this.correlation = correlation;
        }

        @Override
        public void onMessage(Q message) {
            correlated(() -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            correlated(super::onHalfClose);
        }

        @Override
        public void onCancel() {
            correlated(super::onCancel);
        }

        @Override
        public void onComplete() {
            correlated(super::onComplete);
        }

        @Override
        public void onReady() {
            correlated(super::onReady);
        }

        private void correlated(Runnable callback) {
            try (ServiceName.Scope name = ServiceName.open(service);
                    Correlation.Scope scope = correlation.open()) {
                callback.run();
            }
        }
    }
}
