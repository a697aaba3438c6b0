package io.metachat.projections.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.metachat.projections.processing.ProjectionProcessor;
import io.metachat.projections.rebuild.RebuildProgress;
import io.metachat.projections.version.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.jspecify.annotations.Nullable;

/**
 * One projection as an operator sees it.
 *
 * @param retired a version that was read before and is still there
 * @param processors what this instance runs of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProjectionReport(
        String name,
        int active,
        boolean paused,
        @Nullable Integer retired,
        @Nullable Rebuild rebuild,
        List<Processor> processors) {

    static ProjectionReport of(Versions versions, @Nullable RebuildProgress progress, List<Processor> processors) {
        return new ProjectionReport(
                versions.projection(),
                versions.active(),
                versions.paused(),
                versions.retired(),
                versions.building() == null ? null : Rebuild.of(versions, progress),
                processors);
    }

    /**
     * @param done from 0 to 1; absent until it has begun
     * @param positionsPerSecond positions count bytes of the event store's log
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Rebuild(
            int version,
            @Nullable Instant since,
            @Nullable Double done,
            @Nullable Long position,
            @Nullable Long head,
            @Nullable Double positionsPerSecond,
            @Nullable Long secondsLeft) {

        static Rebuild of(Versions versions, @Nullable RebuildProgress progress) {
            int version = versions.building() == null ? 0 : versions.building();
            return progress == null || progress.version() != version
                    ? new Rebuild(version, versions.buildingSince(), null, null, null, null, null)
                    : new Rebuild(
                            version,
                            progress.since(),
                            progress.done(),
                            progress.position(),
                            progress.head(),
                            progress.positionsPerSecond(),
                            progress.left().map(Duration::toSeconds).orElse(null));
        }
    }

    /**
     * @param lag how far the slowest segment is behind, in positions
     * @param lagSeconds the age of the first event that the slowest segment has not handled
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Processor(
            String group,
            int version,
            @Nullable Long lag,
            @Nullable Long lagSeconds,
            List<SegmentReport> segments) {

        static Processor of(ProjectionProcessor running, OptionalLong lag, Duration age) {
            return new Processor(
                    running.group(),
                    running.version(),
                    lag.isPresent() ? lag.getAsLong() : null,
                    lag.isPresent() ? age.toSeconds() : null,
                    running.segments().values().stream().map(SegmentReport::of).toList());
        }
    }

    /** @param error the kind of failure that the segment waits to try again after */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SegmentReport(
            int segment,
            @Nullable Long position,
            boolean caughtUp,
            @Nullable String error) {

        static SegmentReport of(EventTrackerStatus status) {
            OptionalLong position = ProjectionProcessor.position(status);
            Throwable error = status.getError();
            return new SegmentReport(
                    status.getSegment().getSegmentId(),
                    position.isPresent() ? position.getAsLong() : null,
                    status.isCaughtUp(),
                    error == null ? null : error.getClass().getSimpleName());
        }
    }
}
