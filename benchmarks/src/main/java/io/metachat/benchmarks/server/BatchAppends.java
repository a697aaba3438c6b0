package io.metachat.benchmarks.server;

import com.eventstore.dbclient.EventStoreDBClientSettings;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.proto.shared.Shared;
import com.eventstore.dbclient.proto.streams.StreamsGrpc;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.BatchAppendReq;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.BatchAppendResp;
import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The protocol's batch append, the cheapest way to append for a caller: one call with many appends in flight. */
final class BatchAppends implements AutoCloseable {

    private final ManagedChannel channel;
    private final ByteString data;

    private BatchAppends(ManagedChannel channel, int eventBytes) {
        this.channel = channel;
        byte[] bytes = new byte[eventBytes];
        new Random(1).nextBytes(bytes);
        data = ByteString.copyFrom(bytes);
    }

    static BatchAppends connect(String connectionString, int eventBytes) {
        EventStoreDBClientSettings settings = EventStoreDBConnectionString.parseOrThrow(connectionString);
        InetSocketAddress address = settings.getHosts()[0];
        return new BatchAppends(
                ManagedChannelBuilder.forAddress(address.getHostString(), address.getPort())
                        .usePlaintext()
                        .build(),
                eventBytes);
    }

    /** @return the number of appends acknowledged in that time; each one in flight has its own stream */
    long run(int batch, int inFlight, int seconds) throws Exception {
        Run run = new Run(batch, inFlight, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
        run.begin();
        return run.done.get();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** Responses arrive one at a time, and each sends the next append of its stream. */
    private final class Run implements StreamObserver<BatchAppendResp> {
        private final int batch;
        private final int inFlight;
        private final long end;
        private final AtomicInteger going;
        private final AtomicLong acknowledged = new AtomicLong();
        private final CompletableFuture<Long> done = new CompletableFuture<>();
        private final StreamObserver<BatchAppendReq> requests;

        private Run(int batch, int inFlight, long end) {
            this.batch = batch;
            this.inFlight = inFlight;
            this.end = end;
            going = new AtomicInteger(inFlight);
            requests = StreamsGrpc.newStub(channel).batchAppend(this);
        }

        private synchronized void begin() {
            for (int number = 0; number < inFlight; number++) {
                requests.onNext(append(Shared.StreamIdentifier.newBuilder()
                        .setStreamName(ByteString.copyFromUtf8("batch-" + UUID.randomUUID()))
                        .build()));
            }
        }

        @Override
        public synchronized void onNext(BatchAppendResp answer) {
            if (!answer.hasSuccess()) {
                done.completeExceptionally(new IllegalStateException("An append was refused: " + answer.getError()));
                return;
            }
            acknowledged.incrementAndGet();
            if (System.nanoTime() < end) {
                requests.onNext(append(answer.getStreamIdentifier()));
            } else if (going.decrementAndGet() == 0) {
                requests.onCompleted();
            }
        }

        @Override
        public void onError(Throwable failure) {
            done.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            done.complete(acknowledged.get());
        }

        private BatchAppendReq append(Shared.StreamIdentifier stream) {
            BatchAppendReq.Builder request = BatchAppendReq.newBuilder()
                    .setCorrelationId(id())
                    .setOptions(BatchAppendReq.Options.newBuilder()
                            .setStreamIdentifier(stream)
                            .setAny(Empty.getDefaultInstance()))
                    .setIsFinal(true);
            for (int number = 0; number < batch; number++) {
                request.addProposedMessages(BatchAppendReq.ProposedMessage.newBuilder()
                        .setId(id())
                        .putMetadata("type", "bench.Batched.v1")
                        .putMetadata("content-type", "application/octet-stream")
                        .setData(data));
            }
            return request.build();
        }

        private static Shared.UUID id() {
            UUID id = UUID.randomUUID();
            return Shared.UUID
                    .newBuilder()
                    .setStructured(Shared.UUID
                            .Structured
                            .newBuilder()
                            .setMostSignificantBits(id.getMostSignificantBits())
                            .setLeastSignificantBits(id.getLeastSignificantBits()))
                    .build();
        }
    }
}
