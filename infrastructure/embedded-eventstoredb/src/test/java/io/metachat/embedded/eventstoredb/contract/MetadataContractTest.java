package io.metachat.embedded.eventstoredb.contract;

import static io.metachat.embedded.eventstoredb.contract.Events.events;
import static io.metachat.embedded.eventstoredb.contract.Events.revisions;
import static io.metachat.embedded.eventstoredb.contract.NodeUnderTest.newStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.StreamMetadata;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MetadataContractTest {

    @RegisterExtension
    static final NodeUnderTest NODE = new NodeUnderTest();

    @Test
    void shouldGiveBackTheMetadataThatWasSet() throws Exception {
        String stream = written(1);
        StreamMetadata metadata = new StreamMetadata();
        metadata.setMaxCount(7L);
        metadata.setCustomProperties(Map.of("owner", "somebody"));

        NODE.client().setStreamMetadata(stream, metadata).get();

        assertThat(NODE.client().getStreamMetadata(stream).get()).isEqualTo(metadata);
    }

    @Test
    void shouldShowOnlyTheNewestEvents() throws Exception {
        String stream = written(5);
        set(stream, 2L, null, null);

        assertThat(revisions(NODE.client(), stream)).containsExactly(3L, 4L);

        NODE.client().appendToStream(stream, events(1)).get();
        assertThat(revisions(NODE.client(), stream)).containsExactly(4L, 5L);
        assertThat(backwards(stream)).containsExactly(5L, 4L);
    }

    @Test
    void shouldShowOnlyEventsFromTheTruncationOn() throws Exception {
        String stream = written(5);
        set(stream, null, 3L, null);

        assertThat(revisions(NODE.client(), stream)).containsExactly(3L, 4L);
        assertThat(backwards(stream)).containsExactly(4L, 3L);
    }

    @Test
    void shouldTellWhereATruncatedStreamBegins() throws Exception {
        String stream = written(5);
        set(stream, null, 3L, null);

        assertThat(NODE.client()
                        .readStream(stream, ReadStreamOptions.get().forwards().fromStart())
                        .get()
                        .getFirstStreamPosition())
                .isEqualTo(3);
    }

    @Test
    void shouldHideEventsThatAreTooOld() throws Exception {
        String stream = written(3);
        set(stream, null, null, 1L);

        await().untilAsserted(() -> assertThat(revisions(NODE.client(), stream)).isEmpty());

        NODE.client().appendToStream(stream, events(1)).get();
        assertThat(revisions(NODE.client(), stream)).containsExactly(3L);
    }

    @Test
    void shouldShowEverythingAgainWhenTheLimitIsLifted() throws Exception {
        String stream = written(5);
        set(stream, 1L, null, null);
        assertThat(revisions(NODE.client(), stream)).containsExactly(4L);

        set(stream, null, null, null);

        assertThat(revisions(NODE.client(), stream)).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void shouldKeepOneEventOfAMetadataStream() throws Exception {
        String stream = written(1);
        set(stream, 9L, null, null);
        set(stream, 8L, null, null);

        assertThat(revisions(NODE.client(), "$$" + stream)).containsExactly(1L);
    }

    private static void set(String stream, Long maxCount, Long truncateBefore, Long maxAge) throws Exception {
        StreamMetadata metadata = new StreamMetadata();
        metadata.setMaxCount(maxCount);
        metadata.setTruncateBefore(truncateBefore);
        metadata.setMaxAge(maxAge);
        NODE.client().setStreamMetadata(stream, metadata).get();
    }

    private static List<Long> backwards(String stream) throws Exception {
        return NODE
                .client()
                .readStream(stream, ReadStreamOptions.get().backwards().fromEnd())
                .get()
                .getEvents()
                .stream()
                .map(event -> event.getEvent().getRevision())
                .toList();
    }

    private static String written(int count) throws Exception {
        String stream = newStream();
        NODE.client().appendToStream(stream, events(count)).get();
        return stream;
    }
}
