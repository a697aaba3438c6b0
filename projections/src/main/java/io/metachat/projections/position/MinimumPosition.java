package io.metachat.projections.position;

import io.grpc.Context;
import io.grpc.Deadline;
import io.metachat.axon.cassandra.token.CassandraTokenStore;
import io.metachat.domain.UserId;
import io.metachat.projections.ProjectionProperties;
import io.metachat.projections.processing.ProjectionProcessor;
import io.metachat.projections.processing.ProjectionProcessors;
import io.metachat.projections.version.VersionRegistry;
import io.metachat.service.call.CallContext;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/**
 * Lets a query wait until the read models hold what its client has written: the call's {@code x-metachat-min-position}.
 * Blocks the calling thread, for a bounded time.
 */
@Component
public class MinimumPosition {

    private static final long SHORTEST_PAUSE_MILLIS = 2;
    private static final long LONGEST_PAUSE_MILLIS = 25;
    /** What is kept of a call's deadline, so that the answer still arrives. */
    private static final long ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ProjectionProcessors processors;
    private final VersionRegistry versions;
    private final CassandraTokenStore tokens;
    private final Duration timeout;

    MinimumPosition(
            ProjectionProcessors processors,
            VersionRegistry versions,
            CassandraTokenStore tokens,
            ProjectionProperties properties) {
        this.processors = processors;
        this.versions = versions;
        this.tokens = tokens;
        this.timeout = properties.minPositionTimeout();
    }

    /**
     * Waits for what the streams of this person have led to.
     *
     * @throws io.metachat.service.error.ProblemException {@code not-yet} when it has not in time
     */
    public void await(UserId person, String... projections) {
        CallContext.current().minPosition().ifPresent(position -> {
            for (String projection : projections) {
                await(() -> reached(projection, position, Optional.of(person)));
            }
        });
    }

    /** Waits for what all streams have led to: for what a person's rows hold of facts between two people. */
    public void awaitAll(String projection) {
        CallContext.current().minPosition().ifPresent(position -> await(() -> hasReached(projection, position)));
    }

    /** Whether every segment of the projection's active version, wherever it runs, has come to the position. */
    public boolean hasReached(String projection, long position) {
        return reached(projection, position, Optional.empty());
    }

    /**
     * Up to where the version has come in all its segments, wherever they run or stand still; empty while it is not
     * known, such as before it begins.
     */
    public OptionalLong lowest(String projection, int version) {
        return new SegmentPositions(
                        ProjectionProcessor.group(projection, version), processors.find(projection, version), tokens)
                .lowest();
    }

    private boolean reached(String projection, long position, Optional<UserId> person) {
        return position <= 0
                || processors
                        .find(projection, versions.of(projection).active())
                        .map(processor -> new SegmentPositions(processor.group(), Optional.of(processor), tokens)
                                .reached(position, person))
                        .orElse(false);
    }

    private void await(BooleanSupplier reached) {
        long end = System.nanoTime() + bounded();
        long pause = SHORTEST_PAUSE_MILLIS;
        while (!reached.getAsBoolean()) {
            long remaining = end - System.nanoTime();
            if (remaining <= 0) {
                throw notYet();
            }
            pause(Math.min(TimeUnit.MILLISECONDS.toNanos(pause), remaining));
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private long bounded() {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null
                ? timeout.toNanos()
                : Math.min(timeout.toNanos(), deadline.timeRemaining(TimeUnit.NANOSECONDS) - ANSWER_NANOS);
    }

    private static void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notYet();
        }
    }

    private static RuntimeException notYet() {
        return new Problem(
                        "not-yet",
                        ProblemCategory.NOT_YET,
                        "The read model has not reached the asked position.",
                        List.of(),
                        Duration.ofSeconds(1))
                .toException();
    }
}
