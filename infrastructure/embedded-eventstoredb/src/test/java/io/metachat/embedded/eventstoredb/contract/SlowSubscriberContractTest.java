package io.metachat.embedded.eventstoredb.contract;

import static io.metachat.embedded.eventstoredb.contract.NodeUnderTest.newStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.SubscribeToStreamOptions;
import com.eventstore.dbclient.Subscription;
import com.eventstore.dbclient.proto.shared.Shared;
import com.eventstore.dbclient.proto.streams.StreamsGrpc;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More subscribers that take nothing than the server has threads, beside a writer and one who keeps up. */
class SlowSubscriberContractTest {

    private static final int SLOW = 16;
    private static final int EVENTS = 100;
    private static final int EVENT_BYTES = 50_000;

    @RegisterExtension
    static final NodeUnderTest NODE = new NodeUnderTest();

    private final String stream = newStream();
    private final List<ManagedChannel> channels = new ArrayList<>();

    @AfterEach
    void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    @Test
    void shouldDelayNobodyElse() throws Exception {
        List<SlowSubscriber> slow = new ArrayList<>();
        for (int number = 0; number < SLOW; number++) {
            slow.add(subscribeWithoutTaking());
        }
        await().until(() -> slow.stream().allMatch(subscriber -> subscriber.confirmed));
        RecordingListener fast = new RecordingListener();
        Subscription subscription = NODE.client()
                .subscribeToStream(stream, fast, SubscribeToStreamOptions.get().fromStart())
                .get();

        for (int number = 0; number < EVENTS; number++) {
            NODE.client()
                    .appendToStream(
                            stream,
                            EventData.builderAsBinary("large", new byte[EVENT_BYTES])
                                    .build())
                    .get();
        }

        await().untilAsserted(() -> assertThat(fast.revisions()).hasSize(EVENTS));
        assertThat(slow)
                .allSatisfy(subscriber -> assertThat(subscriber.revisions).isEmpty());

        slow.forEach(SlowSubscriber::takeEverything);

        List<Long> all = LongStream.range(0, EVENTS).boxed().toList();
        assertThat(slow)
                .allSatisfy(subscriber -> await().untilAsserted(
                                () -> assertThat(subscriber.revisions).containsExactlyElementsOf(all)));
        subscription.stop();
    }

    /** On a connection of its own, so that it is not the client's flow control that holds others up. */
    private SlowSubscriber subscribeWithoutTaking() {
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(NODE.target()).usePlaintext().build();
        channels.add(channel);
        SlowSubscriber subscriber = new SlowSubscriber();
        ReadReq.Options.StreamOptions.Builder from = ReadReq.Options.StreamOptions.newBuilder()
                .setStreamIdentifier(
                        Shared.StreamIdentifier.newBuilder().setStreamName(ByteString.copyFromUtf8(stream)))
                .setStart(Shared.Empty.getDefaultInstance());
        StreamsGrpc.newStub(channel)
                .read(
                        ReadReq.newBuilder()
                                .setOptions(ReadReq.Options.newBuilder()
                                        .setStream(from)
                                        .setSubscription(ReadReq.Options.SubscriptionOptions.getDefaultInstance())
                                        .setNoFilter(Shared.Empty.getDefaultInstance())
                                        .setUuidOption(ReadReq.Options.UUIDOption.newBuilder()
                                                .setString(Shared.Empty.getDefaultInstance())))
                                .build(),
                        subscriber);
        return subscriber;
    }

    /** Takes the confirmation and then, until it is told to, nothing. */
    private static final class SlowSubscriber implements ClientResponseObserver<ReadReq, ReadResp> {
        private final List<Long> revisions = new CopyOnWriteArrayList<>();
        private volatile boolean confirmed;
        private @Nullable ClientCallStreamObserver<ReadReq> call;

        @Override
        public void beforeStart(ClientCallStreamObserver<ReadReq> started) {
            call = started;
            started.disableAutoRequestWithInitial(1);
        }

        private void takeEverything() {
            if (call == null) {
                throw new IllegalStateException("not before the call has begun");
            }
            call.request(Integer.MAX_VALUE);
        }

        @Override
        public void onNext(ReadResp message) {
            if (message.hasEvent()) {
                revisions.add(message.getEvent().getEvent().getStreamRevision());
            }
            confirmed = true;
        }

        @Override
        public void onError(Throwable failure) {
            // Shows as events that do not come; a channel that is shut down ends so as well.
        }

        @Override
        public void onCompleted() {
            // A subscription has no end.
        }
    }
}
