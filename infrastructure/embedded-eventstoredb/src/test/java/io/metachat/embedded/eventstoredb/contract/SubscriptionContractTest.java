package io.metachat.embedded.eventstoredb.contract;

import static io.metachat.embedded.eventstoredb.contract.Events.event;
import static io.metachat.embedded.eventstoredb.contract.Events.events;
import static io.metachat.embedded.eventstoredb.contract.NodeUnderTest.newStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.SubscribeToAllOptions;
import com.eventstore.dbclient.SubscribeToStreamOptions;
import com.eventstore.dbclient.Subscription;
import com.eventstore.dbclient.SubscriptionFilter;
import com.eventstore.dbclient.SubscriptionFilterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SubscriptionContractTest {

    @RegisterExtension
    static final NodeUnderTest NODE = new NodeUnderTest();

    @Test
    void shouldDeliverTheStreamsPastAndItsFuture() throws Exception {
        String stream = newStream();
        append(stream, events(300));
        RecordingListener listener = new RecordingListener();

        Subscription subscription = NODE.client()
                .subscribeToStream(
                        stream, listener, SubscribeToStreamOptions.get().fromStart())
                .get();
        await().untilAsserted(() -> assertThat(listener.caughtUp()).isTrue());
        append(stream, events(5));

        await().untilAsserted(() -> assertThat(listener.revisions()).hasSize(305));
        assertThat(listener.revisions()).isSorted().doesNotHaveDuplicates();
        subscription.stop();
    }

    @Test
    void shouldBeginAfterTheGivenRevision() throws Exception {
        String stream = newStream();
        append(stream, events(5));
        RecordingListener listener = new RecordingListener();

        Subscription subscription = NODE.client()
                .subscribeToStream(
                        stream, listener, SubscribeToStreamOptions.get().fromRevision(2))
                .get();

        await().untilAsserted(() -> assertThat(listener.caughtUp()).isTrue());
        assertThat(listener.revisions()).containsExactly(3L, 4L);
        subscription.stop();
    }

    @Test
    void shouldWaitForAStreamThatDoesNotExistYet() throws Exception {
        String stream = newStream();
        RecordingListener listener = new RecordingListener();
        Subscription subscription = NODE.client()
                .subscribeToStream(
                        stream, listener, SubscribeToStreamOptions.get().fromStart())
                .get();
        await().untilAsserted(() -> assertThat(listener.caughtUp()).isTrue());

        append(stream, events(2));

        await().untilAsserted(() -> assertThat(listener.revisions()).containsExactly(0L, 1L));
        subscription.stop();
    }

    @Test
    void shouldDeliverOnlyWhatComesWhenBegunAtTheEnd() throws Exception {
        String stream = newStream();
        append(stream, events(3));
        RecordingListener listener = new RecordingListener();
        Subscription subscription = NODE.client()
                .subscribeToStream(
                        stream, listener, SubscribeToStreamOptions.get().fromEnd())
                .get();

        append(stream, events(1));

        await().untilAsserted(() -> assertThat(listener.revisions()).containsExactly(3L));
        subscription.stop();
    }

    @Test
    void shouldDeliverTheWholeLogInOrderAfterAPosition() throws Exception {
        String first = newStream();
        String second = newStream();
        Position start = append(first, event("before"));
        RecordingListener listener = new RecordingListener();
        Subscription subscription = NODE.client()
                .subscribeToAll(listener, SubscribeToAllOptions.get().fromPosition(start))
                .get();

        append(second, events(2));
        append(first, events(1));

        await().untilAsserted(() -> assertThat(listener.streams()).containsExactly(second, second, first));
        assertThat(listener.positions())
                .isSorted()
                .doesNotHaveDuplicates()
                .allSatisfy(position -> assertThat(position).isGreaterThan(start));
        subscription.stop();
    }

    @Test
    void shouldDeliverOnlyWhatPassesTheFilterAndTellHowFarItLooked() throws Exception {
        String wanted = newStream();
        Position start = append(newStream(), event("before"));
        List<Position> checkpoints = new CopyOnWriteArrayList<>();
        SubscriptionFilter filter = SubscriptionFilter.newBuilder()
                .withStreamNameRegularExpression("^(" + wanted + ")$")
                .withMaxWindow(4)
                .withCheckpointer(
                        (subscription, position) -> {
                            checkpoints.add(position);
                            return CompletableFuture.completedFuture(null);
                        },
                        2)
                .build();
        RecordingListener listener = new RecordingListener();
        Subscription subscription = NODE.client()
                .subscribeToAll(
                        listener,
                        SubscribeToAllOptions.get().fromPosition(start).filter(filter))
                .get();

        append(newStream(), events(7));
        Position last = append(wanted, events(1));
        append(newStream(), events(7));

        await().untilAsserted(() -> assertThat(checkpoints).hasSizeGreaterThanOrEqualTo(1));
        await().untilAsserted(() -> assertThat(listener.streams()).containsExactly(wanted));
        assertThat(checkpoints.get(0)).isEqualTo(last);
        subscription.stop();
    }

    @Test
    void shouldFilterByEventType() throws Exception {
        String stream = newStream();
        String type = "type-" + UUID.randomUUID();
        RecordingListener listener = new RecordingListener();
        SubscriptionFilterBuilder filter =
                SubscriptionFilter.newBuilder().withEventTypeRegularExpression("^(" + type + ")$");
        Subscription subscription = NODE.client()
                .subscribeToAll(listener, SubscribeToAllOptions.get().fromEnd().filter(filter.build()))
                .get();

        append(stream, event("other"));
        append(stream, EventData.builderAsJson(type, new byte[] {'{', '}'}).build());

        await().untilAsserted(() -> assertThat(listener.revisions()).containsExactly(1L));
        subscription.stop();
    }

    @Test
    void shouldNotLoseEventsWrittenWhileItCatchesUp() throws Exception {
        String stream = newStream();
        append(stream, events(100));
        List<RecordingListener> listeners = new ArrayList<>();
        List<Subscription> subscriptions = new ArrayList<>();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int batch = 0; batch < 100; batch++) {
                append(stream, events(3));
            }
        });
        while (!writing.isDone() && listeners.size() < 20) {
            RecordingListener listener = new RecordingListener();
            listeners.add(listener);
            subscriptions.add(NODE.client()
                    .subscribeToStream(
                            stream, listener, SubscribeToStreamOptions.get().fromStart())
                    .get());
        }
        writing.get();

        await().untilAsserted(() -> assertThat(listeners)
                .allSatisfy(listener -> assertThat(listener.revisions()).hasSize(400)));
        assertThat(listeners)
                .allSatisfy(
                        listener -> assertThat(listener.revisions()).isSorted().doesNotHaveDuplicates());
        subscriptions.forEach(Subscription::stop);
    }

    private static Position append(String stream, EventData... events) {
        return NODE.client().appendToStream(stream, events).join().getLogPosition();
    }
}
