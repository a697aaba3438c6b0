package io.metachat.embedded.eventstoredb.contract;

import static io.metachat.embedded.eventstoredb.contract.Events.event;
import static io.metachat.embedded.eventstoredb.contract.Events.events;
import static io.metachat.embedded.eventstoredb.contract.Events.failure;
import static io.metachat.embedded.eventstoredb.contract.Events.revisions;
import static io.metachat.embedded.eventstoredb.contract.NodeUnderTest.newStream;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.StreamNotFoundException;
import com.eventstore.dbclient.WriteResult;
import com.eventstore.dbclient.WrongExpectedVersionException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AppendContractTest {

    @RegisterExtension
    static final NodeUnderTest NODE = new NodeUnderTest();

    @Test
    void shouldNumberTheEventsOfAStreamFromZero() throws Exception {
        String stream = newStream();

        WriteResult first =
                append(stream, ExpectedRevision.noStream(), events(3)).get();
        WriteResult second =
                append(stream, ExpectedRevision.expectedRevision(2), events(2)).get();

        assertThat(first.getNextExpectedRevision()).isEqualTo(ExpectedRevision.expectedRevision(2));
        assertThat(second.getNextExpectedRevision()).isEqualTo(ExpectedRevision.expectedRevision(4));
        assertThat(second.getLogPosition()).isGreaterThan(first.getLogPosition());
        assertThat(revisions(NODE.client(), stream)).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void shouldGiveBackWhatWasAppended() throws Exception {
        String stream = newStream();
        UUID id = UUID.randomUUID();
        byte[] data = "{\"a\":\"ä€😀\"}".getBytes(StandardCharsets.UTF_8);
        byte[] metadata = "{\"$correlationId\":\"c\"}".getBytes(StandardCharsets.UTF_8);
        Instant before = Instant.now().minusSeconds(5);

        WriteResult written = append(
                        stream,
                        ExpectedRevision.noStream(),
                        EventData.builderAsJson(id, "some.type.v1", data)
                                .metadataAsBytes(metadata)
                                .build())
                .get();

        RecordedEvent event = readOnly(stream);
        assertThat(event.getEventId()).isEqualTo(id);
        assertThat(event.getStreamId()).isEqualTo(stream);
        assertThat(event.getEventType()).isEqualTo("some.type.v1");
        assertThat(event.getContentType()).isEqualTo("application/json");
        assertThat(event.getEventData()).isEqualTo(data);
        // The client adds trace ids to JSON metadata on its own.
        assertThat(new String(event.getUserMetadata(), StandardCharsets.UTF_8)).startsWith("{\"$correlationId\":\"c\"");
        assertThat(event.getPosition()).isEqualTo(written.getLogPosition());
        assertThat(event.getCreated()).isBetween(before, Instant.now().plusSeconds(5));
    }

    @Test
    void shouldKeepBinaryEventsApartFromJson() throws Exception {
        String stream = newStream();
        byte[] data = {0, 1, (byte) 0xFF};

        append(
                        stream,
                        ExpectedRevision.noStream(),
                        EventData.builderAsBinary("bytes", data).build())
                .get();

        assertThat(readOnly(stream).getContentType()).isEqualTo("application/octet-stream");
        assertThat(readOnly(stream).getEventData()).isEqualTo(data);
    }

    @Test
    void shouldRefuseASecondBeginning() throws Exception {
        String stream = newStream();
        append(stream, ExpectedRevision.noStream(), events(2)).get();

        assertThat(failure(append(stream, ExpectedRevision.noStream(), event("late"))))
                .isInstanceOfSatisfying(WrongExpectedVersionException.class, wrong -> {
                    assertThat(wrong.getStreamName()).isEqualTo(stream);
                    assertThat(wrong.getActualVersion()).isEqualTo(ExpectedRevision.expectedRevision(1));
                });
    }

    @Test
    void shouldRefuseARevisionThatIsNotThere() throws Exception {
        String stream = newStream();
        append(stream, ExpectedRevision.noStream(), events(2)).get();

        assertThat(failure(append(stream, ExpectedRevision.expectedRevision(5), event("early"))))
                .isInstanceOfSatisfying(WrongExpectedVersionException.class, wrong -> {
                    assertThat(wrong.getNextExpectedRevision()).isEqualTo(ExpectedRevision.expectedRevision(5));
                    assertThat(wrong.getActualVersion()).isEqualTo(ExpectedRevision.expectedRevision(1));
                });
        assertThat(failure(append(stream, ExpectedRevision.expectedRevision(0), event("late"))))
                .isInstanceOf(WrongExpectedVersionException.class);
        assertThat(revisions(NODE.client(), stream)).containsExactly(0L, 1L);
    }

    @Test
    void shouldRefuseToAppendToAMissingStreamThatMustExist() throws Exception {
        String stream = newStream();

        assertThat(failure(append(stream, ExpectedRevision.streamExists(), event("lost"))))
                .isInstanceOfSatisfying(
                        WrongExpectedVersionException.class,
                        wrong -> assertThat(wrong.getActualVersion()).isEqualTo(ExpectedRevision.noStream()));
        assertThat(failure(NODE.client().readStream(stream, ReadStreamOptions.get())))
                .isInstanceOf(StreamNotFoundException.class);
    }

    @Test
    void shouldAppendWithoutAnExpectation() throws Exception {
        String stream = newStream();

        append(stream, ExpectedRevision.any(), event("one")).get();
        append(stream, ExpectedRevision.streamExists(), event("two")).get();
        append(stream, ExpectedRevision.any(), event("three")).get();

        assertThat(revisions(NODE.client(), stream)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void shouldRecogniseARepeatedAppendByItsIds() throws Exception {
        String stream = newStream();
        EventData[] batch = events(3);
        WriteResult written = append(stream, ExpectedRevision.noStream(), batch).get();
        append(stream, ExpectedRevision.expectedRevision(2), event("later")).get();

        WriteResult again = append(stream, ExpectedRevision.noStream(), batch).get();

        assertThat(again.getNextExpectedRevision()).isEqualTo(ExpectedRevision.expectedRevision(2));
        assertThat(again.getLogPosition()).isEqualTo(written.getLogPosition());
        assertThat(revisions(NODE.client(), stream)).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void shouldRecogniseARepeatedAppendWithoutAnExpectation() throws Exception {
        String stream = newStream();
        EventData[] batch = events(2);
        append(stream, ExpectedRevision.any(), batch).get();

        WriteResult again = append(stream, ExpectedRevision.any(), batch).get();

        assertThat(again.getNextExpectedRevision()).isEqualTo(ExpectedRevision.expectedRevision(1));
        assertThat(revisions(NODE.client(), stream)).containsExactly(0L, 1L);
    }

    @Test
    void shouldRefuseARepetitionThatAddsSomething() throws Exception {
        String stream = newStream();
        EventData first = event("first");
        append(stream, ExpectedRevision.noStream(), first).get();

        assertThat(failure(append(stream, ExpectedRevision.noStream(), first, event("more"))))
                .isInstanceOf(WrongExpectedVersionException.class);
        assertThat(failure(append(stream, ExpectedRevision.any(), first, event("more"))))
                .isInstanceOf(WrongExpectedVersionException.class);
        assertThat(revisions(NODE.client(), stream)).containsExactly(0L);
    }

    @Test
    void shouldAcceptAnAppendOfNothing() throws Exception {
        String stream = newStream();

        WriteResult nothing = append(stream, ExpectedRevision.noStream()).get();

        assertThat(nothing.getNextExpectedRevision()).isEqualTo(ExpectedRevision.noStream());
        assertThat(failure(NODE.client().readStream(stream, ReadStreamOptions.get())))
                .isInstanceOf(StreamNotFoundException.class);
    }

    @Test
    void shouldRefuseAnAppendThatIsTooLarge() throws Exception {
        String stream = newStream();
        EventData large = EventData.builderAsBinary("large", new byte[1 << 20]).build();

        assertThat(failure(append(stream, ExpectedRevision.any(), event("small"), large)))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
                    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(refused.getTrailers().toString())
                            .contains("maximum-append-size-exceeded")
                            .contains("1048576");
                });
        assertThat(failure(NODE.client().readStream(stream, ReadStreamOptions.get())))
                .isInstanceOf(StreamNotFoundException.class);
    }

    @Test
    void shouldLetOneOfManyRivalsWin() throws Exception {
        String stream = newStream();
        append(stream, ExpectedRevision.noStream(), event("start")).get();

        int won = 0;
        CompletableFuture<?>[] rivals = new CompletableFuture<?>[32];
        for (int rival = 0; rival < rivals.length; rival++) {
            rivals[rival] = append(stream, ExpectedRevision.expectedRevision(0), event("rival " + rival));
        }
        for (CompletableFuture<?> rival : rivals) {
            won += rival.handle((written, refused) -> refused == null ? 1 : 0)
                    .orTimeout(10, TimeUnit.SECONDS)
                    .get();
        }

        assertThat(won).isEqualTo(1);
        assertThat(revisions(NODE.client(), stream)).containsExactly(0L, 1L);
    }

    private static RecordedEvent readOnly(String stream) throws Exception {
        return NODE.client()
                .readStream(stream, ReadStreamOptions.get())
                .get()
                .getEvents()
                .get(0)
                .getEvent();
    }

    private static CompletableFuture<WriteResult> append(
            String stream, ExpectedRevision expected, EventData... events) {
        return NODE.client().appendToStream(stream, AppendToStreamOptions.get().expectedRevision(expected), events);
    }
}
