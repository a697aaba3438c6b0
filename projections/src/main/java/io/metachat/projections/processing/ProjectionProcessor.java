package io.metachat.projections.processing;

import io.metachat.axon.cassandra.deadletter.DeadLetterSequences;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;

/**
 * The streaming processor of one version of a projection, as far as this instance runs it.
 *
 * @param projection the projection's name
 * @param workers the threads that work on its batches, which end with it
 */
public record ProjectionProcessor(
        String projection,
        int version,
        PooledStreamingEventProcessor processor,
        DeadLetterSequences deadLetters,
        ScheduledExecutorService workers) {

    /** The processing group, under which tokens and dead letters are kept. */
    public static String group(String projection, int version) {
        return "projection-" + projection + "-v" + version;
    }

    public String group() {
        return group(projection, version);
    }

    /** What this instance knows of its segments, by segment. */
    public Map<Integer, EventTrackerStatus> segments() {
        return processor.processingStatus();
    }

    /** Ends with what is being worked on. */
    CompletableFuture<Void> stop() {
        return processor.shutdownAsync().whenComplete((done, failed) -> workers.shutdown());
    }

    /** Why a segment stands still, if one does. */
    public Optional<Throwable> failure() {
        return segments().values().stream()
                .filter(EventTrackerStatus::isErrorState)
                .map(EventTrackerStatus::getError)
                .findFirst();
    }
}
