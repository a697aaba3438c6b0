package io.metachat.axon.cassandra.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.ScopeAware;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.saga.SagaScopeDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of a durable {@link DeadlineManager} that several nodes share. It completes {@code
 * AbstractDeadlineManagerTestSuite}, the suite of Axon's {@code axon-spring} test jar, which knows one node only.
 *
 * <p>Not asserted: exactly one delivery (delivery is at least once), the order of deadlines that are due at about the same
 * time, which node delivers, and the delays between the attempts of a failing delivery.
 */
public abstract class DeadlineManagerContract {

    private static final Duration SOON = Duration.ofMillis(300);
    private static final ScopeDescriptor SCOPE = new SagaScopeDescriptor("Saga", "s-1");

    private final List<DeadlineManager> running = new ArrayList<>();
    private String group;
    private Component component;

    /** What the deadlines of a test are sent to: it takes down what comes, and fails as often as it is told. */
    protected static final class Component implements ScopeAware {

        private final BlockingQueue<DeadlineMessage<?>> deliveries = new LinkedBlockingQueue<>();
        private final List<ScopeDescriptor> scopes = new CopyOnWriteArrayList<>();
        private int failures;

        @Override
        public synchronized void send(Message<?> message, ScopeDescriptor scope) {
            scopes.add(scope);
            deliveries.add((DeadlineMessage<?>) message);
            if (failures > 0) {
                failures--;
                throw new IllegalStateException("told to fail");
            }
        }

        @Override
        public boolean canResolve(ScopeDescriptor scope) {
            return true;
        }
    }

    /**
     * Creates a node that schedules and cancels, but delivers nothing before {@link #start}. Nodes of one group share their
     * deadlines, and look for those of others at least every second.
     */
    protected abstract DeadlineManager createNode(String group, String node, ScopeAware component);

    /** Lets a node deliver. */
    protected abstract void start(DeadlineManager node);

    /** How long a test waits for a delivery: long, for machines are busy. */
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    @BeforeEach
    void prepare() {
        group = UUID.randomUUID().toString();
        component = new Component();
    }

    @AfterEach
    void stopNodes() {
        running.forEach(DeadlineManager::shutdown);
    }

    @AfterEach
    void rollBackLeftovers() {
        UnitsOfWork.rollBackLeftovers();
    }

    @Test
    void shouldDeliverInTimeWithPayloadMetadataAndScope() throws Exception {
        DeadlineManager node = startNew("node");
        Instant due = Instant.now().plus(SOON);
        Message<String> message = new GenericMessage<>("payload", Map.of("key", "value"));

        String id = node.schedule(due, "name", message, SCOPE);

        DeadlineMessage<?> delivered = next();
        assertThat(Instant.now()).isAfterOrEqualTo(due.truncatedTo(ChronoUnit.MILLIS));
        assertThat(delivered.getDeadlineName()).isEqualTo("name");
        assertThat(delivered.getPayload()).isEqualTo("payload");
        assertThat(delivered.getMetaData()).containsEntry("key", "value");
        assertThat(delivered.getIdentifier()).isEqualTo(id);
        assertThat(component.scopes).containsExactly(SCOPE);
    }

    @Test
    void shouldDeliverWhatIsOverdueWhenItIsScheduled() throws Exception {
        startNew("node").schedule(Instant.now().minusSeconds(3600), "name", null, SCOPE);

        assertThat(next().getPayload()).isNull();
    }

    @Test
    void shouldDeliverOnceWhenManyNodesRun() throws Exception {
        List<DeadlineManager> nodes = List.of(startNew("a"), startNew("b"), startNew("c"));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add(nodes.get(i % 3).schedule(SOON, "name", "payload " + i, SCOPE));
        }

        List<String> delivered = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            delivered.add(next().getIdentifier());
        }
        assertThat(delivered).containsExactlyInAnyOrderElementsOf(ids);
        assertNoMore();
    }

    @Test
    void shouldDeliverWhatANodeHasScheduledThatIsGone() throws Exception {
        String id = create("gone").schedule(SOON, "name", "payload", SCOPE);

        startNew("other");

        assertThat(next().getIdentifier()).isEqualTo(id);
        assertNoMore();
    }

    @Test
    void shouldDeliverAfterARestartWhatBecameDueMeanwhile() throws Exception {
        DeadlineManager before = startNew("node");
        before.shutdown();
        running.remove(before);
        String id = before.schedule(Duration.ofMillis(1), "name", "payload", SCOPE);

        startNew("node");

        assertThat(next().getIdentifier()).isEqualTo(id);
    }

    @Test
    void shouldDeliverAgainWithTheSameIdentifierWhatFailed() throws Exception {
        component.failures = 2;
        String id = startNew("node").schedule(Duration.ofMillis(1), "name", "payload", SCOPE);

        assertThat(List.of(next().getIdentifier(), next().getIdentifier(), next().getIdentifier()))
                .containsOnly(id);
        assertNoMore();
    }

    @Test
    void shouldCancelByIdentifierOnAnyNode() throws Exception {
        DeadlineManager node = create("a");
        DeadlineManager other = create("b");
        String cancelled = node.schedule(SOON, "name", "cancelled", SCOPE);
        other.schedule(SOON, "name", "kept", SCOPE);

        other.cancelSchedule("another name", "unknown");
        other.cancelSchedule("name", cancelled);
        start(node);

        assertThat(next().getPayload()).isEqualTo("kept");
        assertNoMore();
    }

    @Test
    void shouldCancelAllOfANameAndScheduleItAnew() throws Exception {
        DeadlineManager node = create("a");
        node.schedule(SOON, "name", "cancelled", SCOPE);
        node.schedule(SOON, "name", "cancelled too", new SagaScopeDescriptor("Saga", "s-2"));
        node.schedule(SOON, "another name", "kept", SCOPE);

        create("b").cancelAll("name");
        node.schedule(SOON, "name", "new", SCOPE);
        start(node);

        assertThat(payloads(2)).containsExactlyInAnyOrder("kept", "new");
        assertNoMore();
    }

    @Test
    void shouldCancelAllOfANameWithinAScope() throws Exception {
        DeadlineManager node = create("a");
        node.schedule(SOON, "name", "cancelled", SCOPE);
        node.schedule(SOON, "name", "cancelled too", SCOPE);
        node.schedule(SOON, "name", "other scope", new SagaScopeDescriptor("Saga", "s-2"));
        node.schedule(SOON, "another name", "other name", SCOPE);

        create("b").cancelAllWithinScope("name", SCOPE);
        start(node);

        assertThat(payloads(2)).containsExactlyInAnyOrder("other scope", "other name");
        assertNoMore();
    }

    @Test
    void shouldScheduleOnceWhenAnEventIsHandledAgain() throws Exception {
        DeadlineManager node = create("node");
        String event = UUID.randomUUID().toString();

        List<String> first = handle(event, node);
        List<String> again = handle(event, node);

        start(node);

        assertThat(again).isEqualTo(first).doesNotHaveDuplicates();
        assertThat(List.of(next().getIdentifier(), next().getIdentifier())).containsExactlyInAnyOrderElementsOf(first);
        handle(event, node);
        assertNoMore();
    }

    @Test
    void shouldForgetWhatWasScheduledInAUnitOfWorkThatIsRolledBack() throws Exception {
        DeadlineManager node = create("node");
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(new GenericMessage<>("command"));
        node.schedule(SOON, "name", "rolled back", SCOPE);
        unitOfWork.onPrepareCommit(failing -> {
            throw new IllegalStateException("told to fail");
        });
        assertThat(catchThrowable(unitOfWork::commit)).isInstanceOf(IllegalStateException.class);
        node.schedule(SOON, "name", "kept", SCOPE);
        start(node);

        assertThat(next().getPayload()).isEqualTo("kept");
        assertNoMore();
    }

    @Test
    void shouldKeepGroupsApart() throws Exception {
        Component stranger = new Component();
        DeadlineManager other = createNode(UUID.randomUUID().toString(), "stranger", stranger);
        running.add(other);
        start(other);
        startNew("node").schedule(Duration.ofMillis(1), "name", "payload", SCOPE);

        assertThat(next().getPayload()).isEqualTo("payload");
        assertNoMore();
        assertThat(stranger.deliveries).isEmpty();
    }

    private List<String> handle(String eventIdentifier, DeadlineManager node) {
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(
                new GenericEventMessage<>(eventIdentifier, "event", MetaData.emptyInstance(), Instant.EPOCH));
        List<String> ids =
                List.of(node.schedule(SOON, "name", "first", SCOPE), node.schedule(SOON, "name", "second", SCOPE));
        unitOfWork.commit();
        return ids;
    }

    private DeadlineManager create(String name) {
        DeadlineManager node = createNode(group, name, component);
        running.add(node);
        return node;
    }

    private DeadlineManager startNew(String name) {
        DeadlineManager node = create(name);
        start(node);
        return node;
    }

    private List<Object> payloads(int count) throws InterruptedException {
        List<Object> payloads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            payloads.add(next().getPayload());
        }
        return payloads;
    }

    private DeadlineMessage<?> next() throws InterruptedException {
        DeadlineMessage<?> delivered = component.deliveries.poll(patience().toMillis(), TimeUnit.MILLISECONDS);
        assertThat(delivered).as("a delivery within " + patience()).isNotNull();
        return delivered;
    }

    /** Longer than the sweeps of all nodes take to find anything that is left. */
    private void assertNoMore() throws InterruptedException {
        assertThat(component.deliveries.poll(1300, TimeUnit.MILLISECONDS)).isNull();
    }
}
