package io.metachat.embedded.eventstoredb.contract;

import static io.metachat.embedded.eventstoredb.contract.NodeUnderTest.newStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.proto.shared.Shared;
import com.eventstore.dbclient.proto.streams.StreamsGrpc;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.BatchAppendReq;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.BatchAppendResp;
import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The call that the Java client does not use and other clients do. */
class BatchAppendContractTest implements StreamObserver<BatchAppendResp> {

    @RegisterExtension
    static final NodeUnderTest NODE = new NodeUnderTest();

    private final List<BatchAppendResp> answers = new CopyOnWriteArrayList<>();
    private final ManagedChannel channel =
            ManagedChannelBuilder.forTarget(NODE.target()).usePlaintext().build();
    private final String stream = newStream();
    private volatile boolean completed;
    private volatile @Nullable Throwable failure;
    private @Nullable StreamObserver<BatchAppendReq> requests;

    @BeforeEach
    void open() {
        requests = StreamsGrpc.newStub(channel).batchAppend(this);
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
    }

    @Test
    void shouldAnswerEachAppendWithItsCorrelation() {
        send(append("a", noStream(), 2, true));
        send(append("b", position(1), 1, true));

        await().untilAsserted(() -> assertThat(answers).hasSize(2));
        assertThat(answer("a").getSuccess().getCurrentRevision()).isEqualTo(1);
        assertThat(answer("b").getSuccess().getCurrentRevision()).isEqualTo(2);
        assertThat(answer("b").getSuccess().getPosition().getCommitPosition())
                .isGreaterThan(answer("a").getSuccess().getPosition().getCommitPosition());
        assertThat(answer("b").getStreamPosition()).isEqualTo(1);
    }

    @Test
    void shouldPutAnAppendTogetherFromPieces() {
        send(append("a", noStream(), 2, false));
        send(BatchAppendReq.newBuilder()
                .setCorrelationId(correlation("a"))
                .addProposedMessages(event("x"))
                .setIsFinal(true)
                .build());

        await().untilAsserted(() -> assertThat(answers).hasSize(1));
        assertThat(answer("a").getSuccess().getCurrentRevision()).isEqualTo(2);
    }

    @Test
    void shouldSayWhatIsWrongWithOneAppendAndGoOn() throws Exception {
        send(append("a", position(7), 1, true));
        send(append("b", noStream(), 1, true));

        await().untilAsserted(() -> assertThat(answers).hasSize(2));
        Shared.WrongExpectedVersion wrong =
                answer("a").getError().getDetails().unpack(Shared.WrongExpectedVersion.class);
        assertThat(wrong.getExpectedStreamPosition()).isEqualTo(7);
        assertThat(wrong.hasCurrentNoStream()).isTrue();
        assertThat(answer("b").hasSuccess()).isTrue();
    }

    @Test
    void shouldRefuseAnAppendThatIsTooLarge() throws Exception {
        BatchAppendReq.ProposedMessage large = event("x").toBuilder()
                .setData(ByteString.copyFrom(new byte[(1 << 20) + 1]))
                .build();
        send(BatchAppendReq.newBuilder()
                .setCorrelationId(correlation("a"))
                .setOptions(noStream())
                .addProposedMessages(large)
                .setIsFinal(true)
                .build());

        await().untilAsserted(() -> assertThat(answers).hasSize(1));
        assertThat(answer("a")
                        .getError()
                        .getDetails()
                        .unpack(Shared.MaximumAppendSizeExceeded.class)
                        .getMaxAppendSize())
                .isEqualTo(1 << 20);
    }

    @Test
    void shouldCompleteWhenEverythingAskedForIsAnswered() {
        for (int number = 0; number < 50; number++) {
            send(append("n" + number, any(), 1, true));
        }
        requests().onCompleted();

        await().untilAsserted(() -> assertThat(completed).isTrue());
        assertThat(answers).hasSize(50).allMatch(BatchAppendResp::hasSuccess);
        assertThat(failure).isNull();
    }

    @Override
    public void onNext(BatchAppendResp answer) {
        answers.add(answer);
    }

    @Override
    public void onError(Throwable cause) {
        failure = cause;
    }

    @Override
    public void onCompleted() {
        completed = true;
    }

    private void send(BatchAppendReq request) {
        requests().onNext(request);
    }

    private StreamObserver<BatchAppendReq> requests() {
        if (requests == null) {
            throw new IllegalStateException("not before the call is open");
        }
        return requests;
    }

    private BatchAppendResp answer(String correlation) {
        return answers.stream()
                .filter(answer -> answer.getCorrelationId().equals(correlation(correlation)))
                .findFirst()
                .orElseThrow();
    }

    private BatchAppendReq append(String correlation, BatchAppendReq.Options options, int events, boolean isFinal) {
        BatchAppendReq.Builder request = BatchAppendReq.newBuilder()
                .setCorrelationId(correlation(correlation))
                .setOptions(options)
                .setIsFinal(isFinal);
        for (int number = 0; number < events; number++) {
            request.addProposedMessages(event("e" + number));
        }
        return request.build();
    }

    private BatchAppendReq.Options noStream() {
        return options().setNoStream(Empty.getDefaultInstance()).build();
    }

    private BatchAppendReq.Options any() {
        return options().setAny(Empty.getDefaultInstance()).build();
    }

    private BatchAppendReq.Options position(long revision) {
        return options().setStreamPosition(revision).build();
    }

    private BatchAppendReq.Options.Builder options() {
        return BatchAppendReq.Options.newBuilder()
                .setStreamIdentifier(
                        Shared.StreamIdentifier.newBuilder().setStreamName(ByteString.copyFromUtf8(stream)));
    }

    private static BatchAppendReq.ProposedMessage event(String text) {
        return BatchAppendReq.ProposedMessage.newBuilder()
                .setId(Shared.UUID.newBuilder().setString(UUID.randomUUID().toString()))
                .putMetadata("type", "batched")
                .putMetadata("content-type", "application/octet-stream")
                .setData(ByteString.copyFromUtf8(text))
                .build();
    }

    private static Shared.UUID correlation(String name) {
        return Shared.UUID
                .newBuilder()
                .setString(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .build();
    }
}
