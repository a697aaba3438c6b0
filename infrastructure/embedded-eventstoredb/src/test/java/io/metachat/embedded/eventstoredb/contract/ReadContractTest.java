package io.metachat.embedded.eventstoredb.contract;

import static io.metachat.embedded.eventstoredb.contract.Events.event;
import static io.metachat.embedded.eventstoredb.contract.Events.events;
import static io.metachat.embedded.eventstoredb.contract.Events.failure;
import static io.metachat.embedded.eventstoredb.contract.NodeUnderTest.newStream;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.ReadResult;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.StreamNotFoundException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReadContractTest {

    @RegisterExtension
    static final NodeUnderTest NODE = new NodeUnderTest();

    @Test
    void shouldReadAStreamForwardsFromARevision() throws Exception {
        String stream = written(10);

        assertThat(revisions(stream, ReadStreamOptions.get().forwards().fromRevision(7)))
                .containsExactly(7L, 8L, 9L);
        assertThat(revisions(
                        stream,
                        ReadStreamOptions.get().forwards().fromRevision(2).maxCount(2)))
                .containsExactly(2L, 3L);
        assertThat(revisions(stream, ReadStreamOptions.get().forwards().fromRevision(10)))
                .isEmpty();
    }

    @Test
    void shouldReadAStreamBackwards() throws Exception {
        String stream = written(10);

        assertThat(revisions(
                        stream, ReadStreamOptions.get().backwards().fromEnd().maxCount(3)))
                .containsExactly(9L, 8L, 7L);
        assertThat(revisions(stream, ReadStreamOptions.get().backwards().fromRevision(1)))
                .containsExactly(1L, 0L);
        assertThat(revisions(stream, ReadStreamOptions.get().backwards().fromRevision(1_000)))
                .hasSize(10);
        assertThat(revisions(stream, ReadStreamOptions.get().backwards().fromStart()))
                .containsExactly(0L);
    }

    @Test
    void shouldReadMoreThanOnePage() throws Exception {
        String stream = written(3_000);

        assertThat(revisions(stream, ReadStreamOptions.get().forwards().fromStart()))
                .hasSize(3_000)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldReadEventsNearTheSizeLimit() throws Exception {
        String stream = newStream();
        for (int number = 0; number < 6; number++) {
            NODE.client()
                    .appendToStream(
                            stream,
                            EventData.builderAsBinary("large", new byte[1_000_000])
                                    .build())
                    .get();
        }

        assertThat(revisions(stream, ReadStreamOptions.get().forwards().fromStart()))
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void shouldTellTheLastRevisionOfAStreamReadToItsEnd() throws Exception {
        String stream = written(4);

        assertThat(read(stream, ReadStreamOptions.get().forwards().fromStart()).getLastStreamPosition())
                .isEqualTo(3);
    }

    @Test
    void shouldNotFindAStreamThatWasNeverWritten() throws Exception {
        assertThat(failure(NODE.client().readStream(newStream(), ReadStreamOptions.get())))
                .isInstanceOf(StreamNotFoundException.class);
    }

    @Test
    void shouldReadTheLogForwardsFromAPosition() throws Exception {
        String stream = newStream();
        Position first = append(stream, event("first"));
        Position second = append(stream, event("second"));
        Position third = append(stream, event("third"));

        List<ResolvedEvent> found = NODE.client()
                .readAll(ReadAllOptions.get().forwards().fromPosition(second).maxCount(2))
                .get()
                .getEvents();

        assertThat(first).isLessThan(second);
        assertThat(found).extracting(event -> event.getEvent().getPosition()).containsExactly(second, third);
    }

    @Test
    void shouldReadTheLogBackwardsFromBelowAPosition() throws Exception {
        String stream = newStream();
        Position first = append(stream, event("first"));
        Position second = append(stream, event("second"));
        append(stream, event("third"));

        List<ResolvedEvent> below = NODE.client()
                .readAll(ReadAllOptions.get().backwards().fromPosition(second).maxCount(1))
                .get()
                .getEvents();
        List<ResolvedEvent> newest = NODE.client()
                .readAll(ReadAllOptions.get().backwards().fromEnd().maxCount(1))
                .get()
                .getEvents();

        assertThat(below).extracting(event -> event.getEvent().getPosition()).containsExactly(first);
        assertThat(newest).extracting(event -> event.getEvent().getRevision()).containsExactly(2L);
    }

    @Test
    void shouldKeepTheOrderOfEveryStreamInTheLog() throws Exception {
        String stream = newStream();
        Position before = append(newStream(), event("before"));
        append(stream, events(500));
        append(stream, events(500));

        List<Long> revisions =
                NODE.client().readAll(ReadAllOptions.get().forwards().fromPosition(before)).get().getEvents().stream()
                        .filter(event -> event.getEvent().getStreamId().equals(stream))
                        .map(event -> event.getEvent().getRevision())
                        .toList();

        assertThat(revisions).hasSize(1_000).isSorted().doesNotHaveDuplicates();
    }

    private static String written(int count) throws Exception {
        String stream = newStream();
        NODE.client().appendToStream(stream, events(count)).get();
        return stream;
    }

    private static Position append(String stream, EventData... events) throws Exception {
        return NODE.client().appendToStream(stream, events).get().getLogPosition();
    }

    private static List<Long> revisions(String stream, ReadStreamOptions options) throws Exception {
        return read(stream, options).getEvents().stream()
                .map(event -> event.getEvent().getRevision())
                .toList();
    }

    private static ReadResult read(String stream, ReadStreamOptions options) throws Exception {
        return NODE.client().readStream(stream, options).get();
    }
}
