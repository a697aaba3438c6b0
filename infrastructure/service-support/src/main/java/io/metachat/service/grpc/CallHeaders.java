package io.metachat.service.grpc;

import io.grpc.Metadata;

/** The names of the headers and trailers of calls between services. */
final class CallHeaders {

    static final Metadata.Key<String> CORRELATION_ID = ascii("x-correlation-id");
    static final Metadata.Key<String> TRACEPARENT = ascii("traceparent");
    static final Metadata.Key<String> IDEMPOTENCY_KEY = ascii("idempotency-key");
    static final Metadata.Key<String> MIN_POSITION = ascii("x-metachat-min-position");
    static final Metadata.Key<String> POSITION = ascii("x-metachat-position");

    private CallHeaders() {}

    private static Metadata.Key<String> ascii(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
