package io.metachat.embedded.eventstoredb.contract;

import static io.metachat.embedded.eventstoredb.contract.Events.event;
import static io.metachat.embedded.eventstoredb.contract.Events.events;
import static io.metachat.embedded.eventstoredb.contract.Events.failure;
import static io.metachat.embedded.eventstoredb.contract.NodeUnderTest.newStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.CreatePersistentSubscriptionToAllOptions;
import com.eventstore.dbclient.CreatePersistentSubscriptionToStreamOptions;
import com.eventstore.dbclient.NackAction;
import com.eventstore.dbclient.PersistentSubscription;
import com.eventstore.dbclient.PersistentSubscriptionInfo;
import com.eventstore.dbclient.PersistentSubscriptionListener;
import com.eventstore.dbclient.PersistentSubscriptionToStreamInfo;
import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.SubscribePersistentSubscriptionOptions;
import com.eventstore.dbclient.SubscriptionFilter;
import com.eventstore.dbclient.UpdatePersistentSubscriptionToStreamOptions;
import io.grpc.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PersistentSubscriptionContractTest {

    private static final String GROUP = "workers";

    @RegisterExtension
    static final NodeUnderTest NODE = new NodeUnderTest();

    private final String stream = newStream();

    @Test
    void shouldDeliverWhatIsThereAndWhatComes() throws Exception {
        write(3);
        create(options().fromStart());
        Worker worker = work(PersistentSubscription::ack);

        write(2);

        await().untilAsserted(() -> assertThat(worker.revisions()).containsExactly(0L, 1L, 2L, 3L, 4L));
    }

    @Test
    void shouldBeginWhereItWasToldTo() throws Exception {
        write(5);
        create(options().startFrom(3L));
        Worker worker = work(PersistentSubscription::ack);

        await().untilAsserted(() -> assertThat(worker.revisions()).containsExactly(3L, 4L));
    }

    @Test
    void shouldGiveEachEventToOneOfSeveralConsumers() throws Exception {
        create(options().fromStart());
        Worker first = work(PersistentSubscription::ack);
        Worker second = work(PersistentSubscription::ack);

        write(40);

        await().untilAsserted(() ->
                assertThat(first.events.size() + second.events.size()).isEqualTo(40));
        Set<Long> all = new HashSet<>(first.revisions());
        all.addAll(second.revisions());
        assertThat(all).hasSize(40);
        assertThat(first.events).isNotEmpty();
        assertThat(second.events).isNotEmpty();
    }

    @Test
    void shouldNotSendMoreThanTheConsumerHasRoomFor() throws Exception {
        write(30);
        create(options().fromStart().messageTimeoutInMs(60_000));
        Worker idle = new Worker((subscription, event) -> {});
        NODE.groups()
                .subscribeToStream(
                        stream,
                        GROUP,
                        SubscribePersistentSubscriptionOptions.get().bufferSize(4),
                        idle)
                .get();

        await().untilAsserted(() -> assertThat(idle.events).hasSize(4));
        Worker other = work(PersistentSubscription::ack);
        await().untilAsserted(() -> assertThat(other.events).hasSize(26));
        assertThat(idle.events).hasSize(4);
    }

    @Test
    void shouldDeliverAgainWhatAConsumerLeftUnanswered() throws Exception {
        write(3);
        create(options().fromStart().messageTimeoutInMs(60_000));
        Worker lost = work((subscription, event) -> {});
        await().untilAsserted(() -> assertThat(lost.events).hasSize(3));

        lost.stop();
        Worker worker = work(PersistentSubscription::ack);

        await().untilAsserted(() -> assertThat(worker.revisions()).containsExactlyInAnyOrder(0L, 1L, 2L));
    }

    @Test
    void shouldDeliverAgainWhatWasNotAnsweredInTime() throws Exception {
        write(1);
        create(options().fromStart().messageTimeoutInMs(300));
        Worker slow = work((subscription, event) -> {});

        await().untilAsserted(() -> assertThat(slow.retryCounts).startsWith(0, 1, 2));
    }

    @Test
    void shouldParkWhatCannotBeHandledAndReplayItOnDemand() throws Exception {
        write(3);
        create(options().fromStart());
        Set<UUID> refused = new HashSet<>();
        Worker worker = work((subscription, event) -> {
            boolean firstTime = refused.add(event.getEvent().getEventId());
            if (event.getEvent().getRevision() == 1 && firstTime) {
                subscription.nack(NackAction.Park, "cannot", event);
            } else {
                subscription.ack(event);
            }
        });
        await().untilAsserted(() -> assertThat(worker.revisions()).contains(0L, 1L, 2L));
        await().untilAsserted(() ->
                assertThat(info().getStats().getParkedMessageCount()).isEqualTo(1));
        assertThat(worker.revisions()).hasSize(3);

        NODE.groups().replayParkedMessagesToStream(stream, GROUP).get();

        await().untilAsserted(() -> assertThat(worker.revisions()).endsWith(1L).hasSize(4));
        await().untilAsserted(() ->
                assertThat(info().getStats().getParkedMessageCount()).isZero());
    }

    @Test
    void shouldParkWhatFailsTooOften() throws Exception {
        write(1);
        create(options().fromStart().maxRetryCount(2));
        Worker worker = work((subscription, event) -> subscription.nack(NackAction.Retry, "not yet", event));

        await().untilAsserted(() ->
                assertThat(info().getStats().getParkedMessageCount()).isEqualTo(1));
        assertThat(worker.retryCounts).containsExactly(0, 1, 2);
    }

    @Test
    void shouldGoOnBehindItsCheckpoint() throws Exception {
        write(20);
        create(options().fromStart().checkpointLowerBound(1).checkpointUpperBound(5));
        Worker worker = work(PersistentSubscription::ack);
        await().untilAsserted(() -> assertThat(worker.revisions()).hasSize(20));
        await().untilAsserted(() ->
                assertThat(info().getStats().getLastCheckpointedEventRevision()).contains(19L));

        NODE.groups().restartSubsystem().get();
        Worker next = new Worker(PersistentSubscription::ack);
        await().ignoreExceptions().until(() -> subscribe(next) != null);
        write(1);

        await().untilAsserted(() -> assertThat(next.revisions()).containsExactly(20L));
        assertThat(worker.cancelled).isTrue();
    }

    @Test
    void shouldShareTheWholeLogByAFilter() throws Exception {
        String group = "all-" + UUID.randomUUID();
        Position before =
                NODE.client().appendToStream(stream, event("before")).get().getLogPosition();
        CreatePersistentSubscriptionToAllOptions options = CreatePersistentSubscriptionToAllOptions.get()
                .startFrom(before)
                .filter(SubscriptionFilter.newBuilder()
                        .withStreamNameRegularExpression("^" + stream + "$")
                        .build());
        NODE.groups().createToAll(group, options).get();
        Worker worker = new Worker(PersistentSubscription::ack);
        NODE.groups().subscribeToAll(group, worker).get();

        NODE.client().appendToStream(newStream(), events(3)).get();
        write(2);

        await().untilAsserted(() -> assertThat(worker.revisions()).containsExactly(0L, 1L, 2L));
        NODE.groups().deleteToAll(group).get();
        await().untilAsserted(() -> assertThat(worker.cancelled).isTrue());
    }

    @Test
    void shouldTellWhichGroupsThereAre() throws Exception {
        create(options().fromStart().maxRetryCount(3));

        List<PersistentSubscriptionToStreamInfo> ofStream =
                NODE.groups().listToStream(stream).get();
        List<PersistentSubscriptionInfo> all = NODE.groups().listAll().get();

        assertThat(ofStream).singleElement().satisfies(info -> {
            assertThat(info.getGroupName()).isEqualTo(GROUP);
            assertThat(info.getSettings().getMaxRetryCount()).isEqualTo(3);
        });
        assertThat(all).extracting(PersistentSubscriptionInfo::getEventSource).contains(stream);
        assertThat(NODE.groups().getInfoToStream(newStream(), GROUP).get()).isEmpty();
    }

    @Test
    void shouldSendConsumersAwayWhenTheGroupIsChanged() throws Exception {
        create(options().fromStart());
        Worker worker = work(PersistentSubscription::ack);

        NODE.groups()
                .updateToStream(
                        stream,
                        GROUP,
                        UpdatePersistentSubscriptionToStreamOptions.get()
                                .fromStart()
                                .maxRetryCount(7))
                .get();

        await().untilAsserted(() -> assertThat(worker.cancelled).isTrue());
        assertThat(info().getSettings().getMaxRetryCount()).isEqualTo(7);
    }

    @Test
    void shouldRefuseWhatCannotBe() throws Exception {
        create(options().fromStart().maxSubscriberCount(1));
        work(PersistentSubscription::ack);

        assertThat(code(failure(NODE.groups().createToStream(stream, GROUP)))).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(code(failure(NODE.groups().deleteToStream(newStream(), GROUP))))
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(code(failure(
                        NODE.groups().subscribeToStream(newStream(), GROUP, new Worker(PersistentSubscription::ack)))))
                .isEqualTo(Status.Code.NOT_FOUND);
        Worker second = new Worker(PersistentSubscription::ack);
        subscribe(second);
        await().untilAsserted(() -> assertThat(second.cancelled).isTrue());
    }

    private static Status.Code code(Throwable failure) {
        return Status.fromThrowable(failure).getCode();
    }

    private void write(int count) throws Exception {
        NODE.client().appendToStream(stream, events(count)).get();
    }

    private static CreatePersistentSubscriptionToStreamOptions options() {
        return CreatePersistentSubscriptionToStreamOptions.get();
    }

    private void create(CreatePersistentSubscriptionToStreamOptions options) throws Exception {
        NODE.groups().createToStream(stream, GROUP, options).get();
    }

    private PersistentSubscriptionToStreamInfo info() throws Exception {
        return NODE.groups().getInfoToStream(stream, GROUP).get().orElseThrow();
    }

    private Worker work(BiConsumer<PersistentSubscription, ResolvedEvent> handler) throws Exception {
        Worker worker = new Worker(handler);
        subscribe(worker);
        return worker;
    }

    private PersistentSubscription subscribe(Worker worker) throws Exception {
        worker.subscription =
                NODE.groups().subscribeToStream(stream, GROUP, worker).get();
        return worker.subscription;
    }

    private static final class Worker extends PersistentSubscriptionListener {
        private final BiConsumer<PersistentSubscription, ResolvedEvent> handler;
        private final List<ResolvedEvent> events = new CopyOnWriteArrayList<>();
        private final List<Integer> retryCounts = new CopyOnWriteArrayList<>();
        private volatile boolean cancelled;
        private @Nullable PersistentSubscription subscription;

        private Worker(BiConsumer<PersistentSubscription, ResolvedEvent> handler) {
            this.handler = handler;
        }

        @Override
        public void onEvent(PersistentSubscription from, int retryCount, ResolvedEvent event) {
            events.add(event);
            retryCounts.add(retryCount);
            handler.accept(from, event);
        }

        @Override
        public void onCancelled(@Nullable PersistentSubscription from, @Nullable Throwable cause) {
            cancelled = true;
        }

        private List<Long> revisions() {
            return events.stream().map(event -> event.getEvent().getRevision()).toList();
        }

        private void stop() {
            if (subscription != null) {
                subscription.stop();
            }
        }
    }
}
