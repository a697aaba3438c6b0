package io.metachat.embedded.eventstoredb.contract;

import static io.metachat.embedded.eventstoredb.contract.Events.event;
import static io.metachat.embedded.eventstoredb.contract.Events.events;
import static io.metachat.embedded.eventstoredb.contract.Events.failure;
import static io.metachat.embedded.eventstoredb.contract.Events.revisions;
import static io.metachat.embedded.eventstoredb.contract.NodeUnderTest.newStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.DeleteStreamOptions;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.StreamDeletedException;
import com.eventstore.dbclient.StreamNotFoundException;
import com.eventstore.dbclient.SubscribeToStreamOptions;
import com.eventstore.dbclient.WrongExpectedVersionException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeletionContractTest {

    @RegisterExtension
    static final NodeUnderTest NODE = new NodeUnderTest();

    @Test
    void shouldHideADeletedStream() throws Exception {
        String stream = written(3);

        NODE.client().deleteStream(stream).get();

        assertThat(failure(NODE.client().readStream(stream, ReadStreamOptions.get())))
                .isInstanceOf(StreamNotFoundException.class);
    }

    @Test
    void shouldGoOnCountingAfterADeletion() throws Exception {
        String stream = written(3);
        NODE.client().deleteStream(stream).get();

        append(stream, ExpectedRevision.noStream());
        append(stream, ExpectedRevision.expectedRevision(3));

        assertThat(revisions(NODE.client(), stream)).containsExactly(3L, 4L);
    }

    @Test
    void shouldDeleteAgainAfterTheStreamHasComeBack() throws Exception {
        String stream = written(2);
        NODE.client().deleteStream(stream).get();
        append(stream, ExpectedRevision.any());
        NODE.client().deleteStream(stream).get();

        assertThat(failure(NODE.client().readStream(stream, ReadStreamOptions.get())))
                .isInstanceOf(StreamNotFoundException.class);
        append(stream, ExpectedRevision.any());
        assertThat(revisions(NODE.client(), stream)).containsExactly(3L);
    }

    @Test
    void shouldKeepDeletedEventsInTheLog() throws Exception {
        Position before =
                NODE.client().appendToStream(newStream(), event("before")).get().getLogPosition();
        String stream = written(3);
        NODE.client().deleteStream(stream).get();

        long left =
                NODE.client().readAll(ReadAllOptions.get().forwards().fromPosition(before)).get().getEvents().stream()
                        .filter(event -> event.getEvent().getStreamId().equals(stream))
                        .count();

        assertThat(left).isEqualTo(3);
    }

    @Test
    void shouldRefuseToDeleteWithAWrongExpectation() throws Exception {
        String stream = written(3);

        assertThat(failure(NODE.client()
                        .deleteStream(
                                stream,
                                DeleteStreamOptions.get().expectedRevision(ExpectedRevision.expectedRevision(1)))))
                .isInstanceOfSatisfying(WrongExpectedVersionException.class, wrong -> {
                    assertThat(wrong.getStreamName()).isEqualTo(stream);
                    assertThat(wrong.getNextExpectedRevision()).isEqualTo(ExpectedRevision.expectedRevision(1));
                    assertThat(wrong.getActualVersion()).isEqualTo(ExpectedRevision.expectedRevision(2));
                });
        NODE.client()
                .deleteStream(stream, DeleteStreamOptions.get().expectedRevision(ExpectedRevision.expectedRevision(2)))
                .get();
    }

    @Test
    void shouldRefuseToDeleteWhatNeverExisted() throws Exception {
        assertThat(failure(NODE.client().deleteStream(newStream()))).isInstanceOf(WrongExpectedVersionException.class);
    }

    @Test
    void shouldRefuseToAppendToADeletedStreamThatMustExist() throws Exception {
        String stream = written(1);
        NODE.client().deleteStream(stream).get();

        assertThat(failure(NODE.client()
                        .appendToStream(
                                stream,
                                AppendToStreamOptions.get().expectedRevision(ExpectedRevision.streamExists()),
                                event("late"))))
                .isInstanceOf(StreamDeletedException.class);
    }

    @Test
    void shouldEndATombstonedStreamForEver() throws Exception {
        String stream = written(2);

        NODE.client().tombstoneStream(stream).get();

        // Of a read, client 5.4.5 does not say it in words of its own.
        assertThat(failure(NODE.client().readStream(stream, ReadStreamOptions.get())))
                .isInstanceOfSatisfying(StatusRuntimeException.class, status -> {
                    assertThat(status.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
                    assertThat(status.getTrailers().toString()).contains("exception=stream-deleted");
                });
        assertThat(failure(NODE.client().appendToStream(stream, event("late"))))
                .isInstanceOfSatisfying(
                        StreamDeletedException.class,
                        deleted -> assertThat(deleted.getStreamName()).isEqualTo(stream));
        assertThat(failure(NODE.client().deleteStream(stream))).isInstanceOf(StreamDeletedException.class);
        assertThat(failure(NODE.client().tombstoneStream(stream))).isInstanceOf(StreamDeletedException.class);
    }

    @Test
    void shouldTombstoneAStreamThatWasNeverWritten() throws Exception {
        String stream = newStream();

        NODE.client()
                .tombstoneStream(stream, DeleteStreamOptions.get().expectedRevision(ExpectedRevision.noStream()))
                .get();

        assertThat(failure(NODE.client().appendToStream(stream, event("late"))))
                .isInstanceOf(StreamDeletedException.class);
    }

    @Test
    void shouldEndSubscriptionsToATombstonedStream() throws Exception {
        String stream = written(1);
        RecordingListener listener = new RecordingListener();
        NODE.client()
                .subscribeToStream(
                        stream, listener, SubscribeToStreamOptions.get().fromStart())
                .get();
        await().untilAsserted(() -> assertThat(listener.caughtUp()).isTrue());

        NODE.client().tombstoneStream(stream).get();

        await().untilAsserted(() -> assertThat(listener.cancelledBy()).isNotNull());
    }

    private static String written(int count) throws Exception {
        String stream = newStream();
        NODE.client().appendToStream(stream, events(count)).get();
        return stream;
    }

    private static void append(String stream, ExpectedRevision expected) throws Exception {
        NODE.client()
                .appendToStream(stream, AppendToStreamOptions.get().expectedRevision(expected), event("again"))
                .get();
    }
}
