package io.metachat.embedded.eventstoredb.contract;

import static io.metachat.embedded.eventstoredb.contract.Events.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.SubscribeToStreamOptions;
import com.eventstore.dbclient.Subscription;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The streams of the standard projections; another node must have these switched on. */
class IndexStreamsContractTest {

    @RegisterExtension
    static final NodeUnderTest NODE = new NodeUnderTest();

    private final String category = "category" + UUID.randomUUID().toString().replace("-", "");

    @Test
    void shouldLinkTheEventsOfACategory() throws Exception {
        append(category + "-a", "first");
        append(category + "-b", "second");
        append(category + "-a", "third");

        await().untilAsserted(() -> assertThat(addresses(read("$ce-" + category)))
                .containsExactly("0@" + category + "-a", "0@" + category + "-b", "1@" + category + "-a"));
        assertThat(read("$ce-" + category))
                .allSatisfy(found -> assertThat(found.getLink().getEventType()).isEqualTo("$>"))
                .extracting(found -> found.getLink().getRevision())
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void shouldLinkTheEventsOfAType() throws Exception {
        String type = "type-" + category;
        append(category + "-a", type);
        append(category + "-b", "other");
        append(category + "-c", type);

        await().untilAsserted(() -> assertThat(addresses(read("$et-" + type)))
                .containsExactly("0@" + category + "-a", "0@" + category + "-c"));
    }

    @Test
    void shouldLinkTheEventsOfACorrelation() throws Exception {
        String correlation = UUID.randomUUID().toString();
        byte[] metadata = ("{\"a\":{\"$correlationId\":\"no\"},\"$correlationId\":\"" + correlation + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        NODE.client()
                .appendToStream(
                        category + "-a",
                        EventData.builderAsJson("correlated", new byte[] {'{', '}'})
                                .metadataAsBytes(metadata)
                                .build())
                .get();

        await().untilAsserted(() ->
                assertThat(addresses(read("$bc-" + correlation))).containsExactly("0@" + category + "-a"));
    }

    @Test
    void shouldDeliverACategoryToASubscription() throws Exception {
        RecordingListener listener = new RecordingListener();
        Subscription subscription = NODE.client()
                .subscribeToStream(
                        "$ce-" + category,
                        listener,
                        SubscribeToStreamOptions.get().fromStart().resolveLinkTos())
                .get();

        append(category + "-a", "one");
        append(category + "-b", "two");

        await().untilAsserted(() -> assertThat(listener.events())
                .extracting(found -> found.getEvent().getStreamId())
                .containsExactly(category + "-a", category + "-b"));
        subscription.stop();
    }

    @Test
    void shouldLeaveOnlyTheLinkOfADeletedStream() throws Exception {
        append(category + "-a", "gone");
        await().untilAsserted(() -> assertThat(read("$ce-" + category)).hasSize(1));

        NODE.client().deleteStream(category + "-a").get();

        assertThat(read("$ce-" + category)).singleElement().satisfies(found -> {
            assertThat(found.getEvent()).isNull();
            assertThat(found.getLink().getRevision()).isZero();
        });
    }

    @Test
    void shouldNotFindAnEmptyCategory() throws Exception {
        assertThat(failure(NODE.client().readStream("$ce-" + category, ReadStreamOptions.get())))
                .isNotNull();
    }

    @Test
    void shouldRefuseToWriteIntoAnIndexStream() throws Exception {
        EventData event = EventData.builderAsBinary("intruder", new byte[] {1}).build();

        assertThat(Status.fromThrowable(failure(NODE.client().appendToStream("$ce-" + category, event)))
                        .getCode())
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    private static void append(String stream, String type) throws Exception {
        NODE.client()
                .appendToStream(
                        stream, EventData.builderAsBinary(type, new byte[] {1}).build())
                .get();
    }

    private static List<ResolvedEvent> read(String stream) throws Exception {
        return NODE.client()
                .readStream(stream, ReadStreamOptions.get().resolveLinkTos())
                .get()
                .getEvents();
    }

    private static List<String> addresses(List<ResolvedEvent> events) {
        return events.stream()
                .map(found -> new String(found.getLink().getEventData(), StandardCharsets.UTF_8))
                .toList();
    }
}
