package io.metachat.service.grpc;

import io.grpc.stub.StreamObserver;

/** Sends the responses of served calls. */
public final class Responses {

    private Responses() {}

    /** Sends {@code value} as the only message of the response, and completes the call. */
    public static <A> void send(StreamObserver<A> observer, A value) {
        observer.onNext(value);
        observer.onCompleted();
    }
}
