package io.metachat.axon.cassandra.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.metachat.axon.cassandra.TestStorage;
import io.metachat.axon.cassandra.connection.Serialization;
import io.metachat.axon.cassandra.connection.Serialization.Serialized;
import io.metachat.axon.cassandra.deadletter.CassandraDeadLetter;
import io.metachat.axon.cassandra.deadletter.CassandraDeadLetterQueues;
import io.metachat.axon.cassandra.deadletter.DeadLetterLimits;
import io.metachat.axon.cassandra.deadletter.DeadLetterObserver.Change;
import io.metachat.axon.cassandra.deadletter.DeadLetterSequences;
import io.metachat.axon.cassandra.deadletter.ParkingPolicy;
import io.metachat.axon.cassandra.deadletter.PayloadTypeNames;
import io.metachat.axon.cassandra.deadline.CassandraDeadlineManager;
import io.metachat.axon.cassandra.deadline.DeadlineSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.common.AxonTransientException;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurationScopeAwareProvider;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineManagerSpanFactory;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.modelling.saga.AbstractSagaManager;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.EndSaga;
import org.axonframework.modelling.saga.ResourceInjector;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.SagaScopeDescriptor;
import org.axonframework.modelling.saga.StartSaga;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events are given to the saga's manager in batches, as a processor does, and again where a processor would. */
class SagaParkingIT {

    @RegisterExtension
    static final TestStorage CASSANDRA = new TestStorage();

    private final Faults faults = new Faults();
    private final Map<Change, AtomicInteger> changes = new ConcurrentHashMap<>();
    private final AtomicInteger position = new AtomicInteger();
    private final String a = UUID.randomUUID().toString();
    private final String b = UUID.randomUUID().toString();
    private final String deadlineGroup = UUID.randomUUID().toString();

    private Node node;

    @BeforeEach
    void startNode() {
        node = new Node("node-1");
    }

    @Test
    void shouldParkForOneSagaAndGoOnForTheOthers() {
        node.handle(event(new Opened(a)), event(new Opened(b)));
        faults.breakAt(a, 1);

        node.handle(booked(a, 1), booked(b, 1), booked(a, 2), booked(b, 2));
        node.handle(booked(a, 3), booked(b, 3));

        assertThat(node.bookings(a)).isEmpty();
        assertThat(node.bookings(b)).containsExactly(1, 2, 3);
        assertThat(node.parked(a)).containsExactly(1, 2, 3);
        assertThat(node.letters(a).get(0).cause().orElseThrow().type()).isEqualTo(BrokenException.class.getName());
        assertThat(node.letters(a).subList(1, 3))
                .allMatch(letter -> letter.cause().isEmpty());
        assertThat(count(Change.FAILED)).isEqualTo(1);
        assertThat(count(Change.FOLLOWED)).isEqualTo(2);
    }

    @Test
    void shouldHandleWhatIsParkedInItsOrderWhenItIsTriedAgain() {
        node.handle(event(new Opened(a)));
        faults.breakAt(a, 2);
        node.handle(booked(a, 1), booked(a, 2), booked(a, 3));

        assertThat(node.parking().retry(node.saga(a))).isFalse();
        assertThat(node.parked(a)).containsExactly(2, 3);
        assertThat(count(Change.FAILED_AGAIN)).isEqualTo(1);

        faults.heal();
        // From another node, and after the one that has parked is gone.
        Node other = new Node("node-2");
        assertThat(other.parking().retry(other.saga(a))).isTrue();
        other.handle(booked(a, 4));

        assertThat(other.parking().list(10)).flatExtracting(letters -> letters).noneMatch(this::isOfThisTest);
        assertThat(other.bookings(a)).containsExactly(1, 2, 3, 4);
        assertThat(count(Change.HANDLED)).isEqualTo(2);
    }

    private boolean isOfThisTest(CassandraDeadLetter letter) {
        return letter.message().getPayload() instanceof Booked booked
                && Set.of(a, b).contains(booked.account());
    }

    @Test
    void shouldKeepNothingOfAStepThatFailed() {
        node.handle(event(new Opened(a)));
        faults.breakAt(a, 1);

        node.handle(booked(a, 1));

        // The handler counts, associates and schedules before it fails.
        assertThat(node.bookings(a)).isEmpty();
        assertThat(node.store.findSagas(Account.class, booking(a, 1))).isEmpty();
        assertThat(reminders(a)).isEmpty();

        faults.heal();
        assertThat(node.parking().retry(node.saga(a))).isTrue();
        assertThat(node.bookings(a)).containsExactly(1);
        assertThat(node.store.findSagas(Account.class, booking(a, 1))).containsExactly(node.saga(a));
        assertThat(reminders(a)).hasSize(1);
    }

    @Test
    void shouldParkTheEventThatStartsASagaAndWhatFollowsIt() {
        faults.breakAt(a, 0);
        TrackedEventMessage<?> opened = event(new Opened(a));
        node.handle(opened, booked(a, 1));
        // The batch comes again: it starts no other saga, and parks nothing twice.
        node.handle(opened, booked(a, 2));

        assertThat(node.store.findSagas(Account.class, account(a))).hasSize(1);
        assertThat(node.letters(a))
                .<Object>extracting(letter -> letter.message().getPayload())
                .containsExactly(new Opened(a), new Booked(a, 1), new Booked(a, 2));

        faults.heal();
        assertThat(node.parking().retry(node.saga(a))).isTrue();
        node.handle(opened, booked(a, 3));
        assertThat(node.store.findSagas(Account.class, account(a))).hasSize(1);
        assertThat(node.bookings(a)).containsExactly(1, 2, 3);
    }

    @Test
    void shouldGoOnWithoutADiscardedEvent() {
        node.handle(event(new Opened(a)));
        faults.breakAt(a, 1);
        node.handle(booked(a, 1), booked(a, 2));
        String event = node.letters(a).get(0).message().getIdentifier();

        assertThat(node.parking().discard(node.saga(a), "unknown")).isFalse();
        assertThat(node.parking().discard(node.saga(a), event)).isTrue();
        assertThat(node.parking().discard(node.saga(a), event)).isFalse();
        assertThat(node.parked(a)).containsExactly(2);

        assertThat(node.parking().retry(node.saga(a))).isTrue();
        assertThat(node.bookings(a)).containsExactly(2);
    }

    @Test
    void shouldStartNoSagaWhoseStartIsDiscarded() {
        faults.breakAt(a, 0);
        TrackedEventMessage<?> opened = event(new Opened(a));
        node.handle(opened, booked(a, 1));
        String saga = node.saga(a);

        assertThat(node.parking().discard(saga, opened.getIdentifier())).isTrue();
        faults.heal();
        assertThat(node.parking().retry(saga)).isTrue();
        node.handle(opened, booked(a, 2));

        assertThat(node.store.findSagas(Account.class, account(a))).isEmpty();
        assertThat(node.letters(saga, Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void shouldHandleNoEventTwiceWhenABatchIsRepeated() {
        TrackedEventMessage<?> opened = event(new Opened(a));
        TrackedEventMessage<?> first = booked(a, 1);
        TrackedEventMessage<?> second = booked(a, 2);
        node.handle(opened, first, second);
        node.handle(opened, first, second, booked(a, 3));

        assertThat(node.bookings(a)).containsExactly(1, 2, 3);
        assertThat(faults.handled(a)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void shouldParkNothingForAFailureThatPasses() {
        node.handle(event(new Opened(a)), event(new Opened(b)));
        TrackedEventMessage<?> booked = booked(a, 1);
        TrackedEventMessage<?> other = booked(b, 1);
        faults.away = true;

        assertThatExceptionOfType(PassingException.class).isThrownBy(() -> node.handle(booked, other));
        assertThat(node.letters(a)).isEmpty();
        assertThat(node.bookings(b)).isEmpty();

        faults.away = false;
        node.handle(booked, other);
        assertThat(node.bookings(a)).containsExactly(1);
        assertThat(node.bookings(b)).containsExactly(1);
    }

    @Test
    void shouldParkForASagaWhoseStateCannotBeRead() {
        node.handle(event(new Opened(a)), event(new Opened(b)));
        CASSANDRA
                .session()
                .execute("UPDATE %s.saga SET payload = 0x7b WHERE saga_type = '%s' AND saga_id = '%s' IF EXISTS"
                        .formatted(CASSANDRA.keyspace(), Account.class.getName(), node.saga(a)));

        node.handle(booked(a, 1), booked(b, 1));

        assertThat(node.parked(a)).containsExactly(1);
        assertThat(node.bookings(b)).containsExactly(1);
    }

    @Test
    void shouldLetDeadlinesWaitForWhatIsParked() {
        node.handle(event(new Opened(a)));
        faults.breakAt(a, 2);
        node.handle(booked(a, 1), booked(a, 2));
        // Not earlier: on a slow machine the deadline would be due before the event is parked.
        node.startDeadlines();
        try {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(faults.refusedDeadlines).contains(a));
            assertThat(faults.reminded).doesNotContain(a);

            faults.heal();
            assertThat(node.parking().retry(node.saga(a))).isTrue();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(faults.reminded).contains(a));
        } finally {
            node.deadlines.shutdown();
        }
    }

    @Test
    void shouldNotHoldUpAnEndedSaga() {
        node.handle(event(new Opened(a)));
        faults.breakAt(a, 1);
        node.handle(booked(a, 1), event(new Closed(a)), booked(a, 2));
        faults.heal();
        String saga = node.saga(a);

        assertThat(node.parking().retry(saga)).isTrue();

        assertThat(node.store.<Account>loadSaga(Account.class, saga)).isNull();
        assertThat(faults.handled(a)).containsExactly(0, 1);
        assertThat(node.letters(saga, Integer.MAX_VALUE)).isEmpty();
    }

    /** Random batches that come again, faults that come and go, an operator on another node who tries all the time. */
    @Test
    void shouldHandleEveryEventOnceAndInOrderWhateverHappens() throws Exception {
        Random random = new Random(42);
        List<String> accounts =
                Stream.generate(() -> UUID.randomUUID().toString()).limit(4).toList();
        node.handle(accounts.stream().map(account -> event(new Opened(account))).toArray(TrackedEventMessage[]::new));
        int bookings = 25;
        List<TrackedEventMessage<?>> events = new ArrayList<>();
        IntStream.rangeClosed(1, bookings)
                .forEach(number -> accounts.forEach(account -> {
                    events.add(booked(account, number));
                    if (random.nextInt(8) == 0) {
                        faults.breakAt(account, number);
                    }
                }));
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService operator = Executors.newSingleThreadExecutor();
        try {
            Future<?> tries = operator.submit(() -> {
                Node elsewhere = new Node("node-2");
                while (!done.get()) {
                    elsewhere.parking().list(100).forEach(letters -> {
                        faults.healOne(random.nextInt(3) == 0);
                        elsewhere.parking().retry(letters.get(0).sequence());
                    });
                }
            });
            for (int from = 0; from < events.size(); from += 5) {
                List<TrackedEventMessage<?>> batch = events.subList(from, Math.min(events.size(), from + 5));
                node.handleUntilDone(batch);
                if (random.nextInt(4) == 0) {
                    node.handleUntilDone(batch);
                }
            }
            done.set(true);
            tries.get();
        } finally {
            operator.shutdownNow();
        }
        faults.heal();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> accounts.stream()
                        .allMatch(account -> node.letters(account).isEmpty()
                                || node.parking().retry(node.saga(account))));

        List<Integer> all = IntStream.rangeClosed(1, bookings).boxed().toList();
        assertThat(accounts)
                .allSatisfy(account -> assertThat(node.bookings(account)).isEqualTo(all));
    }

    private List<String> reminders(String account) {
        SagaScopeDescriptor scope = new SagaScopeDescriptor("Account", node.saga(account));
        Serialized scopeColumns = new Serialization(TestStorage.serializer()).write(scope);
        return CASSANDRA
                .session()
                .execute(
                        "SELECT deadline_id FROM %s.deadline_in_scope WHERE deadline_group = ? AND name = 'remind' AND scope_type = ? AND scope = ?"
                                .formatted(CASSANDRA.keyspace()),
                        deadlineGroup,
                        scopeColumns.type(),
                        scopeColumns.data())
                .all()
                .stream()
                .map(row -> row.getString("deadline_id"))
                .toList();
    }

    private TrackedEventMessage<?> booked(String account, int number) {
        return event(new Booked(account, number));
    }

    private TrackedEventMessage<?> event(Object payload) {
        return new GenericTrackedEventMessage<>(
                new GlobalSequenceTrackingToken(position.incrementAndGet()),
                GenericEventMessage.asEventMessage(payload));
    }

    private int count(Change change) {
        return changes.getOrDefault(change, new AtomicInteger()).get();
    }

    private static AssociationValue account(String account) {
        return new AssociationValue("account", account);
    }

    private static AssociationValue booking(String account, int number) {
        return new AssociationValue("booking", account + "/" + number);
    }

    /** The sagas of one node of an application, without a processor. */
    private final class Node {

        private final CassandraSagaStore store =
                new CassandraSagaStore(CASSANDRA.storage(), TestStorage.serializer(), Duration.ofDays(1));
        private final SagaParking parking;
        private final AbstractSagaManager<Account> manager;
        private final CassandraDeadlineManager deadlines;

        private Node(String name) {
            parking = new SagaParking(
                    new CassandraDeadLetterQueues(
                            CASSANDRA.storage(),
                            TestStorage.serializer(),
                            PayloadTypeNames.OF_SERIALIZER,
                            TestStorage.serializer(),
                            new DeadLetterLimits(),
                            name,
                            (queue, change) -> changes.computeIfAbsent(change, any -> new AtomicInteger())
                                    .incrementAndGet()),
                    new ParkingPolicy());
            Configuration configuration = DefaultConfigurer.defaultConfiguration()
                    .registerComponent(
                            ResourceInjector.class,
                            axon -> new SagaStartingEvents(saga -> {
                                ((Account) saga).faults = faults;
                                ((Account) saga).deadlines = axon.getComponent(DeadlineManager.class);
                            }))
                    .registerComponent(
                            DeadlineManager.class,
                            axon -> new CassandraDeadlineManager(
                                    CASSANDRA.storage(),
                                    TestStorage.serializer(),
                                    new ConfigurationScopeAwareProvider(axon),
                                    NoTransactionManager.INSTANCE,
                                    axon.getComponent(DeadlineManagerSpanFactory.class),
                                    new DeadlineSettings(
                                            deadlineGroup,
                                            name,
                                            Duration.ofSeconds(30),
                                            Duration.ofMillis(200),
                                            Duration.ofMillis(500),
                                            Duration.ofHours(1),
                                            2),
                                    Clock.systemUTC()))
                    .eventProcessing(processing -> processing
                            .byDefaultAssignHandlerTypesTo(type -> "accounts")
                            .registerSagaStore(axon -> store)
                            .registerSaga(
                                    Account.class,
                                    saga -> saga.configureSagaManager(axon -> parking.managerOf(Account.class, axon))))
                    .buildConfiguration();
            manager = configuration.eventProcessingConfiguration().sagaConfigurations().stream()
                    .map(saga -> cast(saga.manager()))
                    .findFirst()
                    .orElseThrow();
            deadlines = (CassandraDeadlineManager) configuration.getComponent(DeadlineManager.class);
        }

        @SuppressWarnings("unchecked")
        private AbstractSagaManager<Account> cast(AbstractSagaManager<?> manager) {
            return (AbstractSagaManager<Account>) manager;
        }

        private void startDeadlines() {
            deadlines.registerHandlerInterceptor((unitOfWork, chain) -> {
                try {
                    return chain.proceed();
                } catch (SagaParkedException e) {
                    faults.refusedDeadlines.add((String) unitOfWork.getMessage().getPayload());
                    throw e;
                }
            });
            deadlines.start();
        }

        private DeadLetterSequences parking() {
            return parking.find("accounts.Account").orElseThrow().sequences();
        }

        private void handle(TrackedEventMessage<?>... events) {
            handle(List.of(events));
        }

        /** As a processor handles a batch. */
        private void handle(List<TrackedEventMessage<?>> events) {
            BatchingUnitOfWork<TrackedEventMessage<?>> batch = new BatchingUnitOfWork<>(events);
            ResultMessage<?> result = batch.executeWithResult(() -> {
                manager.handle(batch.getMessage(), Segment.ROOT_SEGMENT);
                return null;
            });
            if (result.isExceptional()) {
                throw (RuntimeException) result.exceptionResult();
            }
        }

        private void handleUntilDone(List<TrackedEventMessage<?>> events) {
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(AxonTransientException.class)
                    .until(() -> {
                        handle(events);
                        return true;
                    });
        }

        private String saga(String account) {
            return store.findSagas(Account.class, account(account)).iterator().next();
        }

        private List<Integer> bookings(String account) {
            return store.<Account>loadSaga(Account.class, saga(account)).saga().getBookings();
        }

        private List<CassandraDeadLetter> letters(String account) {
            return letters(saga(account), Integer.MAX_VALUE);
        }

        private List<CassandraDeadLetter> letters(String saga, int maximum) {
            return parking().list(maximum).stream()
                    .filter(letters -> letters.get(0).sequence().equals(saga))
                    .findFirst()
                    .orElse(List.of());
        }

        private List<Integer> parked(String account) {
            return letters(account).stream()
                    .map(letter -> ((Booked) letter.message().getPayload()).number())
                    .toList();
        }
    }

    record Opened(String account) {}

    record Booked(String account, int number) {}

    record Closed(String account) {}

    static final class BrokenException extends RuntimeException {}

    static final class PassingException extends AxonTransientException {

        PassingException() {
            super("away");
        }
    }

    /** What goes wrong, and what was done. */
    static final class Faults {

        private final Set<List<Object>> broken = ConcurrentHashMap.newKeySet();
        private final List<List<Object>> handled = new CopyOnWriteArrayList<>();
        private final Set<String> reminded = ConcurrentHashMap.newKeySet();
        private final Set<String> refusedDeadlines = ConcurrentHashMap.newKeySet();
        private volatile boolean away;

        void breakAt(String account, int number) {
            broken.add(List.of(account, number));
        }

        void heal() {
            broken.clear();
        }

        void healOne(boolean wanted) {
            if (wanted) {
                broken.stream().findFirst().ifPresent(broken::remove);
            }
        }

        void meet(String account, int number) {
            if (away) {
                throw new PassingException();
            }
            if (broken.contains(List.<Object>of(account, number))) {
                throw new BrokenException();
            }
            handled.add(List.of(account, number));
        }

        List<Object> handled(String account) {
            return handled.stream()
                    .filter(done -> done.get(0).equals(account))
                    .map(done -> done.get(1))
                    .toList();
        }
    }

    /** Does everything before it fails. */
    public static class Account {

        private transient Faults faults;
        private transient DeadlineManager deadlines;

        private List<Integer> bookings = new ArrayList<>();

        public Account() {}

        public List<Integer> getBookings() {
            return bookings;
        }

        public void setBookings(List<Integer> bookings) {
            this.bookings = bookings;
        }

        @StartSaga
        @SagaEventHandler(associationProperty = "account")
        void on(Opened event) {
            faults.meet(event.account(), 0);
        }

        @SagaEventHandler(associationProperty = "account")
        void on(Booked event) {
            bookings.add(event.number());
            SagaLifecycle.associateWith("booking", event.account() + "/" + event.number());
            if (event.number() == 1) {
                deadlines.schedule(Duration.ofSeconds(1), "remind", event.account());
            }
            faults.meet(event.account(), event.number());
        }

        @EndSaga
        @SagaEventHandler(associationProperty = "account")
        void on(Closed event) {}

        @DeadlineHandler(deadlineName = "remind")
        void remind(String account) {
            faults.reminded.add(account);
        }
    }
}
