package io.metachat.embedded.eventstoredb.contract;

import static io.metachat.embedded.eventstoredb.contract.NodeUnderTest.newStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.proto.gossip.GossipGrpc;
import com.eventstore.dbclient.proto.gossip.GossipOuterClass.MemberInfo;
import com.eventstore.dbclient.proto.serverfeatures.ServerFeaturesGrpc;
import com.eventstore.dbclient.proto.serverfeatures.Serverfeatures.SupportedMethods;
import com.eventstore.dbclient.proto.shared.Shared;
import com.eventstore.dbclient.proto.streams.StreamsGrpc;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.AppendResp.WrongExpectedVersion;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.TombstoneReq;
import com.google.protobuf.ByteString;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers as they are on the wire, where the Java client hides them and others look at them. */
class WireContractTest {

    private static final Shared.Empty EMPTY = Shared.Empty.getDefaultInstance();
    private static final long TICKS_A_SECOND = 10_000_000;

    @RegisterExtension
    static final NodeUnderTest NODE = new NodeUnderTest();

    private final ManagedChannel channel =
            ManagedChannelBuilder.forTarget(NODE.target()).usePlaintext().build();
    private final String stream = newStream();

    @AfterEach
    void close() {
        channel.shutdownNow();
    }

    @Test
    void shouldNameItsVersionAndItsMethods() {
        SupportedMethods methods = ServerFeaturesGrpc.newBlockingStub(channel).getSupportedMethods(EMPTY);

        assertThat(methods.getEventStoreServerVersion()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(methods.getMethodsList())
                .extracting(method -> method.getServiceName() + "/" + method.getMethodName())
                .contains(
                        "event_store.client.streams.streams/batchappend",
                        "event_store.client.persistent_subscriptions.persistentsubscriptions/list")
                .allSatisfy(name -> assertThat(name).isLowerCase());
        assertThat(methods.getMethodsList())
                .filteredOn(method -> List.of("create", "update", "read", "getinfo", "list", "replayparked")
                                .contains(method.getMethodName())
                        && method.getServiceName().contains("persistent"))
                .hasSize(6)
                .allSatisfy(method -> assertThat(method.getFeaturesList()).contains("stream", "all"));
    }

    @Test
    void shouldGossipAboutALeaderThatCanBeReached() {
        List<MemberInfo> members =
                GossipGrpc.newBlockingStub(channel).read(EMPTY).getMembersList();

        assertThat(members).anySatisfy(member -> {
            assertThat(member.getState()).isEqualTo(MemberInfo.VNodeState.Leader);
            assertThat(member.getIsAlive()).isTrue();
            assertThat(NODE.target()).endsWith(":" + member.getHttpEndPoint().getPort());
        });
    }

    @Test
    void shouldAnswerAWrongRevisionTwice() {
        AppendResp first = append(options().setNoStream(EMPTY), event());
        assertThat(first.getSuccess().getCurrentRevision()).isZero();
        assertThat(first.getSuccess().getPosition().getCommitPosition()).isPositive();

        WrongExpectedVersion wrong = append(options().setRevision(7), event()).getWrongExpectedVersion();

        assertThat(wrong.getCurrentRevision()).isZero();
        assertThat(wrong.getExpectedRevision()).isEqualTo(7);
        assertThat(wrong.getExpectedRevision2060()).isEqualTo(7);
        assertThat(wrong.hasCurrentRevision2060()).isTrue();
    }

    @Test
    void shouldAnswerAWrongRevisionOfADeletionWithAStatus() {
        append(options().setNoStream(EMPTY), event());

        StatusRuntimeException failure = refused(() -> StreamsGrpc.newBlockingStub(channel)
                .tombstone(TombstoneReq.newBuilder()
                        .setOptions(TombstoneReq.Options.newBuilder()
                                .setStreamIdentifier(identifier())
                                .setRevision(7))
                        .build()));

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(trailer(failure, "exception")).isEqualTo("wrong-expected-version");
        assertThat(trailer(failure, "stream-name")).isEqualTo(stream);
        assertThat(trailer(failure, "expected-version")).isEqualTo("7");
        assertThat(trailer(failure, "actual-version")).isEqualTo("0");
    }

    @Test
    void shouldNameThePropertyThatAnEventLacks() {
        for (String property : List.of("type", "content-type")) {
            AppendReq.ProposedMessage incomplete =
                    event().toBuilder().removeMetadata(property).build();

            StatusRuntimeException failure = refused(() -> append(options().setNoStream(EMPTY), incomplete));

            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(trailer(failure, "exception")).isEqualTo("missing-required-metadata-property");
        }
    }

    @Test
    void shouldNameTheLimitOfAnAppend() {
        AppendReq.ProposedMessage large = event().toBuilder()
                .setData(ByteString.copyFrom(new byte[2 << 20]))
                .build();

        StatusRuntimeException failure = refused(() -> append(options().setNoStream(EMPTY), large));

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(trailer(failure, "exception")).isEqualTo("maximum-append-size-exceeded");
        assertThat(trailer(failure, "maximum-append-size")).isEqualTo("1048576");
    }

    @Test
    void shouldDateEventsInTicksAndEndAReadWithTheLastRevision() {
        Instant before = Instant.now();
        append(options().setNoStream(EMPTY), event(), event());

        List<ReadResp> answers = read(0);

        assertThat(answers).hasSize(3);
        String created = answers.get(0).getEvent().getEvent().getMetadataOrThrow("created");
        assertThat(Long.parseLong(created) / TICKS_A_SECOND)
                .isBetween(
                        before.getEpochSecond() - 1,
                        Instant.now().plusSeconds(1).getEpochSecond());
        assertThat(answers.get(2).getLastStreamPosition()).isEqualTo(1);
    }

    @Test
    void shouldSayInAMessageThatThereIsNoSuchStream() {
        assertThat(read(0))
                .singleElement()
                .satisfies(answer -> assertThat(answer.getStreamNotFound().getStreamIdentifier())
                        .isEqualTo(identifier()));
    }

    @Test
    void shouldSayWithAStatusThatAStreamIsGoneForEver() {
        NODE.client().tombstoneStream(stream).join();

        StatusRuntimeException failure = refused(() -> read(0));

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(trailer(failure, "exception")).isEqualTo("stream-deleted");
        assertThat(trailer(failure, "stream-name")).isEqualTo(stream);
    }

    /** Servers of gRPC end a connection that pings too often; clients of EventStoreDB ping every ten seconds. */
    @Test
    @Tag("soak")
    void shouldBearPingsOfAClientThatCallsNothing() {
        ManagedChannel pinging = ManagedChannelBuilder.forTarget(NODE.target())
                .usePlaintext()
                .keepAliveTime(10, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(true)
                .build();
        try {
            ServerFeaturesGrpc.newBlockingStub(pinging).getSupportedMethods(EMPTY);
            List<ConnectivityState> left = new ArrayList<>();
            pinging.notifyWhenStateChanged(ConnectivityState.READY, () -> left.add(pinging.getState(false)));

            await().pollDelay(Duration.ofSeconds(75))
                    .atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(left).isEmpty());
            assertThat(pinging.getState(false)).isEqualTo(ConnectivityState.READY);
        } finally {
            pinging.shutdownNow();
        }
    }

    private AppendResp append(AppendReq.Options.Builder options, AppendReq.ProposedMessage... events) {
        Answer<AppendResp> answer = new Answer<>();
        StreamObserver<AppendReq> call = StreamsGrpc.newStub(channel).append(answer);
        call.onNext(AppendReq.newBuilder().setOptions(options).build());
        for (AppendReq.ProposedMessage event : events) {
            call.onNext(AppendReq.newBuilder().setProposedMessage(event).build());
        }
        call.onCompleted();
        return answer.join();
    }

    private List<ReadResp> read(long from) {
        Iterator<ReadResp> answers = StreamsGrpc.newBlockingStub(channel)
                .read(ReadReq.newBuilder()
                        .setOptions(ReadReq.Options.newBuilder()
                                .setStream(ReadReq.Options.StreamOptions.newBuilder()
                                        .setStreamIdentifier(identifier())
                                        .setRevision(from))
                                .setCount(10)
                                .setNoFilter(EMPTY)
                                .setUuidOption(
                                        ReadReq.Options.UUIDOption.newBuilder().setString(EMPTY))
                                .setControlOption(ReadReq.Options.ControlOption.newBuilder()
                                        .setCompatibility(1)))
                        .build());
        List<ReadResp> all = new ArrayList<>();
        answers.forEachRemaining(all::add);
        return all;
    }

    private AppendReq.Options.Builder options() {
        return AppendReq.Options.newBuilder().setStreamIdentifier(identifier());
    }

    private Shared.StreamIdentifier identifier() {
        return Shared.StreamIdentifier.newBuilder()
                .setStreamName(ByteString.copyFromUtf8(stream))
                .build();
    }

    private static AppendReq.ProposedMessage event() {
        return AppendReq.ProposedMessage.newBuilder()
                .setId(Shared.UUID.newBuilder().setString(UUID.randomUUID().toString()))
                .putMetadata("type", "wired")
                .putMetadata("content-type", "application/octet-stream")
                .setData(ByteString.copyFromUtf8("x"))
                .build();
    }

    private static StatusRuntimeException refused(Runnable call) {
        try {
            call.run();
        } catch (StatusRuntimeException failure) {
            return failure;
        } catch (CompletionException failure) {
            return (StatusRuntimeException) failure.getCause();
        }
        throw new AssertionError("the call succeeded");
    }

    private static @Nullable String trailer(StatusRuntimeException failure, String name) {
        Metadata trailers = failure.getTrailers();
        return trailers == null ? null : trailers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }

    /** Of a call that is answered once. */
    private static final class Answer<T> extends CompletableFuture<T> implements StreamObserver<T> {
        @Override
        public void onNext(T value) {
            complete(value);
        }

        @Override
        public void onError(Throwable failure) {
            completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            // The answer was before.
        }
    }
}
