package io.metachat.projections.export;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.metachat.proto.v1.ExportChunk;
import java.util.concurrent.TimeUnit;

/** Sends pieces of text as fast as the reader takes them; the sending thread waits. */
final class ChunkStream {

    private static final long LONGEST_WAIT_MINUTES = 1;

    private final ServerCallStreamObserver<ExportChunk> reader;

    ChunkStream(ServerCallStreamObserver<ExportChunk> reader) {
        this.reader = reader;
        reader.setOnReadyHandler(this::wake);
        reader.setOnCancelHandler(this::wake);
    }

    /** Sends one piece, or throws when the reader has gone or takes nothing for too long. */
    void send(String json) {
        awaitReader();
        reader.onNext(ExportChunk.newBuilder().setJson(json).build());
    }

    private synchronized void awaitReader() {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONGEST_WAIT_MINUTES);
        try {
            while (!reader.isReady() && !reader.isCancelled()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw Status.ABORTED
                            .withDescription("The export was not read.")
                            .asRuntimeException();
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Status.UNAVAILABLE.withDescription("The service stops.").asRuntimeException();
        }
        if (reader.isCancelled()) {
            throw Status.CANCELLED.asRuntimeException();
        }
    }

    private synchronized void wake() {
        notifyAll();
    }
}
