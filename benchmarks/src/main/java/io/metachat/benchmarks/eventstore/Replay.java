package io.metachat.benchmarks.eventstore;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.SubscribeToAllOptions;
import com.eventstore.dbclient.Subscription;
import com.eventstore.dbclient.SubscriptionListener;
import io.metachat.benchmarks.measurement.Rounds;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A replay of all events, as a rebuilt projection receives them. */
@Command(
        name = "replay",
        description =
                "Replayed events per second: a pooled streaming processor compared with a bare subscription to $all.",
        mixinStandardHelpOptions = true)
public final class Replay implements Callable<Integer> {

    private static final String PROCESSOR = "replay";
    private static final int EVENTS_A_NOTE = 100;
    private static final long GIVE_UP_MINUTES = 5;
    private static final int WARM_UP_ROUNDS = 1;

    @Mixin
    private Peers peers = new Peers();

    @Option(names = "--events", description = "Number of events: ${DEFAULT-VALUE}.")
    private int events = 200_000;

    @Option(names = "--batch", description = "The processor's batch size: ${DEFAULT-VALUE}.")
    private int batch = 100;

    @Override
    public Integer call() throws Exception {
        peers.measure((eventStoreDb, jdbc) -> {
            fill(eventStoreDb.eventStore());
            for (JdbcStore store : jdbc) {
                fill(store.eventStore());
            }
            Rounds rounds = new Rounds();
            rounds.add("subscription alone", eventStoreDb::serverCpu, () -> subscribe(eventStoreDb.client()));
            rounds.add("engine, stream alone", eventStoreDb::serverCpu, () -> stream(eventStoreDb.eventStore()));
            rounds.add(
                    eventStoreDb.name() + ", Axon's coordinator",
                    eventStoreDb::serverCpu,
                    () -> process(eventStoreDb.eventStore(), Replay::axonCoordinator));
            rounds.add(
                    eventStoreDb.name() + ", prompt coordinator",
                    eventStoreDb::serverCpu,
                    () -> process(eventStoreDb.eventStore(), PromptCoordinatorExecutor::new));
            for (JdbcStore store : jdbc) {
                rounds.add(
                        store.name() + ", Axon's coordinator",
                        store::serverCpu,
                        () -> process(store.eventStore(), Replay::axonCoordinator));
                rounds.add(
                        store.name() + ", prompt coordinator",
                        store::serverCpu,
                        () -> process(store.eventStore(), PromptCoordinatorExecutor::new));
            }
            rounds.run(WARM_UP_ROUNDS, peers.rounds());
            System.out.printf("%n%,d events, %d turns, batches of %d%n%n", total(), peers.rounds(), batch);
            rounds.print("events");
        });
        return 0;
    }

    private int total() {
        return events / EVENTS_A_NOTE * EVENTS_A_NOTE;
    }

    private void fill(EventStore eventStore) {
        for (int note = 0; note < events / EVENTS_A_NOTE; note++) {
            eventStore.publish(
                    Note.events(Load.newAggregate(), 0, EVENTS_A_NOTE).toList());
        }
    }

    private long subscribe(EventStoreDBClient client) throws Exception {
        CountDownLatch missing = new CountDownLatch(total());
        Subscription subscription = client.subscribeToAll(
                        new SubscriptionListener() {
                            @Override
                            public void onEvent(Subscription from, ResolvedEvent resolved) {
                                if (!resolved.getOriginalEvent().getStreamId().startsWith("$")) {
                                    missing.countDown();
                                }
                            }

                            @Override
                            public void onCancelled(Subscription from, @Nullable Throwable failure) {
                                if (failure != null) {
                                    System.err.println("replay: the subscription ended: " + failure.getMessage());
                                }
                            }
                        },
                        SubscribeToAllOptions.get().fromStart())
                .get();
        awaitAll(missing);
        subscription.stop();
        return total();
    }

    private long stream(EventStore eventStore) throws InterruptedException {
        try (BlockingStream<TrackedEventMessage<?>> stream = eventStore.openStream(null)) {
            for (int seen = 0; seen < total(); seen++) {
                stream.nextAvailable().getPayload();
            }
        }
        return total();
    }

    private static ScheduledExecutorService axonCoordinator(String processorName) {
        return Executors.newSingleThreadScheduledExecutor(new AxonThreadFactory("Coordinator[" + processorName + "]"));
    }

    private long process(EventStore eventStore, Function<String, ScheduledExecutorService> coordinators)
            throws InterruptedException {
        Projection projection = new Projection(total());
        ScheduledExecutorService coordinator = coordinators.apply(PROCESSOR);
        ScheduledExecutorService worker =
                Executors.newSingleThreadScheduledExecutor(new AxonThreadFactory("Replay-Worker"));
        PooledStreamingEventProcessor processor = PooledStreamingEventProcessor.builder()
                .name(PROCESSOR)
                .messageSource(eventStore)
                .tokenStore(new InMemoryTokenStore())
                .transactionManager(NoTransactionManager.instance())
                .coordinatorExecutor(coordinator)
                .workerExecutor(worker)
                .initialSegmentCount(1)
                .initialToken(source -> source.createTailToken())
                .batchSize(batch)
                .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                        .eventHandlers(List.of(projection))
                        .build())
                .build();
        try {
            processor.start();
            awaitAll(projection.missing);
        } finally {
            processor.shutDown();
            coordinator.shutdown();
            worker.shutdown();
        }
        return total();
    }

    private static void awaitAll(CountDownLatch missing) throws InterruptedException {
        if (!missing.await(GIVE_UP_MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException(missing.getCount() + " events have not come");
        }
    }

    /** Only counts. */
    public static final class Projection {

        private final CountDownLatch missing;

        private Projection(int events) {
            this.missing = new CountDownLatch(events);
        }

        @EventHandler
        void on(Note.NoteWritten event) {
            missing.countDown();
        }
    }
}
