package io.metachat.diary.reanalysis;

import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStore;
import io.metachat.diary.reanalysis.ReanalysisReport.State;
import io.metachat.kafka.relay.EventRepublisher;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Publishes entries once more, one run at a time, at a rate that leaves the mood-service time for what people write
 * meanwhile. Nothing of it is stored: a run that ends early is begun again, and what the same model has analysed before
 * is recognised as repeated.
 */
@Component
class Reanalysis implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Reanalysis.class);

    private static final Duration LAST_BATCH = Duration.ofSeconds(5);

    private final EventStoreDbEventStore store;
    private final EventRepublisher republisher;
    private final Clock clock;
    private final int entriesPerSecond;

    private @Nullable Thread thread;
    private @Nullable ReanalysisReport report;

    Reanalysis(
            EventStoreDbEventStore store, EventRepublisher republisher, Clock clock, ReanalysisProperties properties) {
        this.store = store;
        this.republisher = republisher;
        this.clock = clock;
        this.entriesPerSecond = properties.entriesPerSecond();
    }

    /** @throws io.metachat.service.error.ProblemException when one is running */
    synchronized ReanalysisReport start(Instant since) {
        if (report != null && report.isRunning()) {
            throw Problem.of(
                            "reanalysis-under-way",
                            ProblemCategory.CONFLICT,
                            "A reanalysis is under way; it can be cancelled.")
                    .toException();
        }
        ReanalysisReport started = ReanalysisReport.started(since, clock.instant());
        report = started;
        thread = new Thread(() -> run(since), "reanalysis");
        thread.setDaemon(true);
        thread.start();
        log.atInfo().addKeyValue("since", since).log("A reanalysis has begun");
        return started;
    }

    /** The run that goes on or, when none does, the last one of this process. */
    synchronized Optional<ReanalysisReport> report() {
        return Optional.ofNullable(report);
    }

    /** What is published stays published. */
    synchronized void cancel() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        cancel();
        Thread running = thread;
        if (running != null) {
            running.join(LAST_BATCH.toMillis());
        }
    }

    private void run(Instant since) {
        State outcome = State.FAILED;
        try {
            EntryStates states = EntryStates.since(store, since);
            change(counting -> counting.counted(states.count()));
            publish(states);
            outcome = State.DONE;
        } catch (InterruptedException cancelled) {
            outcome = State.CANCELLED;
        } catch (RuntimeException failure) {
            log.error("A reanalysis failed; beginning again does no harm", failure);
        } finally {
            State ending = outcome;
            change(running -> running.ended(ending, clock.instant()));
            log.atInfo().addKeyValue("state", outcome).log("A reanalysis has ended");
        }
    }

    private void publish(EntryStates states) throws InterruptedException {
        List<DomainEventMessage<?>> batch = new ArrayList<>();
        states.forEach(event -> {
            batch.add(event);
            if (batch.size() == entriesPerSecond) {
                long started = System.nanoTime();
                publish(batch);
                long left = Duration.ofSeconds(1).toNanos() - (System.nanoTime() - started);
                TimeUnit.NANOSECONDS.sleep(left);
            }
        });
        publish(batch);
    }

    private void publish(List<DomainEventMessage<?>> batch) throws InterruptedException {
        republisher.republish(batch);
        int published = batch.size();
        change(running -> running.published(published));
        batch.clear();
    }

    private synchronized void change(UnaryOperator<ReanalysisReport> change) {
        report = report == null ? null : change.apply(report);
    }
}
