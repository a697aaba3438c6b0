package io.metachat.embedded.eventstoredb.contract;

import static io.metachat.embedded.eventstoredb.contract.Events.events;
import static io.metachat.embedded.eventstoredb.contract.NodeUnderTest.newStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.SubscribeToStreamOptions;
import com.eventstore.dbclient.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LinkContractTest {

    @RegisterExtension
    static final NodeUnderTest NODE = new NodeUnderTest();

    @Test
    void shouldFollowALink() throws Exception {
        String target = written(3);
        String links = newStream();
        link(links, "2@" + target);

        ResolvedEvent found = read(links, true).get(0);

        assertThat(found.getEvent().getStreamId()).isEqualTo(target);
        assertThat(found.getEvent().getRevision()).isEqualTo(2);
        assertThat(found.getLink().getStreamId()).isEqualTo(links);
        assertThat(found.getLink().getEventType()).isEqualTo("$>");
    }

    @Test
    void shouldGiveTheLinkItselfWhenNotAskedToFollowIt() throws Exception {
        String target = written(1);
        String links = newStream();
        link(links, "0@" + target);

        ResolvedEvent found = read(links, false).get(0);

        assertThat(found.getLink()).isNull();
        assertThat(found.getEvent().getStreamId()).isEqualTo(links);
        assertThat(new String(found.getEvent().getEventData(), StandardCharsets.UTF_8))
                .isEqualTo("0@" + target);
    }

    @Test
    void shouldGiveOnlyTheLinkWhenItLeadsNowhere() throws Exception {
        String target = written(1);
        String links = newStream();
        link(links, "7@" + target);
        link(links, "0@" + newStream());

        assertThat(read(links, true)).hasSize(2).allSatisfy(found -> {
            assertThat(found.getEvent()).isNull();
            assertThat(found.getLink().getStreamId()).isEqualTo(links);
        });
    }

    @Test
    void shouldFollowLinksInASubscription() throws Exception {
        String target = written(2);
        String links = newStream();
        RecordingListener listener = new RecordingListener();
        Subscription subscription = NODE.client()
                .subscribeToStream(
                        links,
                        listener,
                        SubscribeToStreamOptions.get().fromStart().resolveLinkTos())
                .get();

        link(links, "1@" + target);

        await().untilAsserted(() -> assertThat(listener.events())
                .extracting(event -> event.getEvent().getStreamId())
                .containsExactly(target));
        subscription.stop();
    }

    private static void link(String stream, String address) throws Exception {
        EventData link = EventData.builderAsBinary("$>", address.getBytes(StandardCharsets.UTF_8))
                .build();
        NODE.client().appendToStream(stream, link).get();
    }

    private static List<ResolvedEvent> read(String stream, boolean follow) throws Exception {
        return NODE.client()
                .readStream(
                        stream, ReadStreamOptions.get().forwards().fromStart().resolveLinkTos(follow))
                .get()
                .getEvents();
    }

    private static String written(int count) throws Exception {
        String stream = newStream();
        NODE.client().appendToStream(stream, events(count)).get();
        return stream;
    }
}
