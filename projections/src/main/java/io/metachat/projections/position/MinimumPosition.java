package io.metachat.projections.position;

import io.metachat.domain.UserId;
import io.metachat.projections.ProjectionProperties;
import io.metachat.projections.processing.ProjectionProcessor;
import io.metachat.projections.processing.ProjectionProcessors;
import io.metachat.projections.version.VersionRegistry;
import io.metachat.service.position.PositionAwaiter;
import io.metachat.service.position.SegmentPositions;
import io.metachat.service.position.StoredPositions;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/**
 * Lets a query wait until the active versions of its projections hold the writes of its client: the call's {@code
 * x-metachat-min-position}. Blocks the calling thread for a bounded time; thread-safe.
 */
@Component
public class MinimumPosition {

    private final ProjectionProcessors processors;
    private final StoredPositions stored;
    private final PositionAwaiter active;

    MinimumPosition(
            ProjectionProcessors processors,
            VersionRegistry versions,
            StoredPositions stored,
            ProjectionProperties properties) {
        this.processors = processors;
        this.stored = stored;
        this.active = new PositionAwaiter(
                projection -> processors
                        .find(projection, versions.of(projection).active())
                        .map(ProjectionProcessor::processor),
                stored,
                properties.minPositionTimeout());
    }

    /**
     * Waits for the events of this person's streams.
     *
     * @throws io.metachat.service.error.ProblemException {@code not-yet} when they are not handled in time
     */
    public void await(UserId person, String... projections) {
        for (String projection : projections) {
            active.awaitCallPosition(projection, person.value().toString());
        }
    }

    /** Waits for the events of all streams: a person's rows also hold facts between two people. */
    public void awaitAll(String projection) {
        active.awaitCallPosition(projection);
    }

    /** Returns whether every segment of the projection's active version, wherever it runs, has reached the position. */
    public boolean hasReached(String projection, long position) {
        return active.hasReached(projection, position);
    }

    /**
     * Returns the position that a version has reached in all its segments, wherever they run or are paused; empty while
     * it is unknown, such as before the version begins.
     */
    public OptionalLong lowest(String projection, int version) {
        return new SegmentPositions(
                        ProjectionProcessor.group(projection, version),
                        processors.find(projection, version).map(ProjectionProcessor::processor),
                        stored)
                .lowest();
    }
}
