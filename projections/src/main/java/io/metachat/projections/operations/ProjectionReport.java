package io.metachat.projections.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.metachat.projections.position.Lag;
import io.metachat.projections.processing.ProjectionProcessor;
import io.metachat.projections.rebuild.RebuildProgress;
import io.metachat.projections.version.Versions;
import io.metachat.service.position.SegmentPositions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.jspecify.annotations.Nullable;

/**
 * One projection as an operator sees it.
 *
 * @param active the version that is read
 * @param lag of the version that is read
 * @param retired a version that was read before and is still there
 * @param processors what this instance runs of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProjectionReport(
        String name,
        int active,
        boolean paused,
        LagReport lag,
        @Nullable Integer retired,
        @Nullable Rebuild rebuild,
        List<Processor> processors) {

    static ProjectionReport of(Versions versions, Lag lag, @Nullable Rebuild rebuild, List<Processor> processors) {
        return new ProjectionReport(
                versions.projection(),
                versions.active(),
                versions.paused(),
                LagReport.of(lag),
                versions.retired(),
                rebuild,
                processors);
    }

    /**
     * @param events how many events the slowest segment has not been given yet
     * @param estimated whether that number is an estimate
     * @param seconds the age of the first of them
     * @param positions the same in positions, which count bytes of the event store's log
     */
    record LagReport(long events, boolean estimated, long seconds, long positions) {

        static LagReport of(Lag lag) {
            return new LagReport(lag.events(), lag.estimated(), lag.age().toSeconds(), lag.positions());
        }
    }

    /**
     * @param done from 0 to 1; absent until it has begun
     * @param lag what is still to do
     * @param positionsPerSecond positions count bytes of the event store's log
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Rebuild(
            int version,
            LagReport lag,
            @Nullable Instant since,
            @Nullable Double done,
            @Nullable Long position,
            @Nullable Long head,
            @Nullable Double positionsPerSecond,
            @Nullable Long secondsLeft) {

        static Rebuild of(int version, Versions versions, @Nullable RebuildProgress progress, Lag lag) {
            return progress == null || progress.version() != version
                    ? new Rebuild(version, LagReport.of(lag), versions.buildingSince(), null, null, null, null, null)
                    : new Rebuild(
                            version,
                            LagReport.of(lag),
                            progress.since(),
                            progress.done(),
                            progress.position(),
                            progress.head(),
                            progress.positionsPerSecond(),
                            progress.left().map(Duration::toSeconds).orElse(null));
        }
    }

    /** What this instance runs of one version. */
    record Processor(String group, int version, List<SegmentReport> segments) {

        static Processor of(ProjectionProcessor running) {
            return new Processor(
                    running.group(),
                    running.version(),
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
            OptionalLong position = SegmentPositions.of(status);
            Throwable error = status.getError();
            return new SegmentReport(
                    status.getSegment().getSegmentId(),
                    position.isPresent() ? position.getAsLong() : null,
                    status.isCaughtUp(),
                    error == null ? null : error.getClass().getSimpleName());
        }
    }
}
