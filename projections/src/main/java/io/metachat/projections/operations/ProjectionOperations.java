package io.metachat.projections.operations;

import com.datastax.oss.driver.api.core.CqlSession;
import io.metachat.axon.cassandra.CassandraConnection;
import io.metachat.axon.eventstoredb.EventStoreDbEventStore;
import io.metachat.projections.processing.Lag;
import io.metachat.projections.processing.ProjectionProcessor;
import io.metachat.projections.processing.ProjectionProcessors;
import io.metachat.projections.projection.Projection;
import io.metachat.projections.rebuild.Rebuilds;
import io.metachat.projections.version.VersionRegistry;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Projections for operators: see them, rebuild them, let them stand still and go on. */
@RestController
@RequestMapping("/operations/projections")
class ProjectionOperations {

    private final VersionRegistry registry;
    private final ProjectionProcessors processors;
    private final Rebuilds rebuilds;
    private final Lag lag;
    private final CassandraConnection connection;
    private final EventStoreDbEventStore eventStore;

    ProjectionOperations(
            VersionRegistry registry,
            ProjectionProcessors processors,
            Rebuilds rebuilds,
            Lag lag,
            CassandraConnection connection,
            EventStoreDbEventStore eventStore) {
        this.registry = registry;
        this.processors = processors;
        this.rebuilds = rebuilds;
        this.lag = lag;
        this.connection = connection;
        this.eventStore = eventStore;
    }

    @GetMapping
    List<ProjectionReport> list() {
        long head = eventStore.headPosition().orElse(0);
        return registry.projections().stream()
                .map(projection -> report(projection.name(), head))
                .toList();
    }

    @GetMapping("/{name}")
    ProjectionReport get(@PathVariable String name) {
        return report(known(name), eventStore.headPosition().orElse(0));
    }

    /** Begins to fill a new version, which takes over when it has caught up. */
    @PostMapping("/{name}/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ProjectionReport rebuild(@PathVariable String name) {
        requireChanged(
                registry.build(session(), known(name)),
                "rebuild-under-way",
                "A version is being built, or the one before is not gone yet.");
        return get(name);
    }

    /** Gives the version up that is being built; the one that is read stays. */
    @DeleteMapping("/{name}/rebuild")
    ProjectionReport cancel(@PathVariable String name) {
        requireChanged(registry.cancel(session(), known(name)), "no-rebuild", "No version is being built.");
        return get(name);
    }

    @PostMapping("/{name}/pause")
    ProjectionReport pause(@PathVariable String name) {
        registry.pause(session(), known(name), true);
        return get(name);
    }

    @PostMapping("/{name}/resume")
    ProjectionReport resume(@PathVariable String name) {
        registry.pause(session(), known(name), false);
        return get(name);
    }

    private ProjectionReport report(String name, long head) {
        List<ProjectionReport.Processor> running = processors.running().stream()
                .filter(processor -> processor.projection().equals(name))
                .sorted(Comparator.comparingInt(ProjectionProcessor::version))
                .map(processor -> report(processor, head))
                .toList();
        return ProjectionReport.of(registry.of(name), rebuilds.progress(name).orElse(null), running);
    }

    private ProjectionReport.Processor report(ProjectionProcessor processor, long head) {
        OptionalLong behind = lag.positions(processor, head);
        return ProjectionReport.Processor.of(processor, behind, behind.orElse(0) == 0 ? Duration.ZERO : age(processor));
    }

    private Duration age(ProjectionProcessor processor) {
        try {
            return lag.time(processor);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("stopping", "The service stops.", Duration.ofSeconds(1))
                    .toException();
        }
    }

    private String known(String name) {
        return registry.projections().stream()
                .map(Projection::name)
                .filter(name::equals)
                .findFirst()
                .orElseThrow(() -> Problem.notFound("projection-not-found", "There is no such projection.")
                        .toException());
    }

    private CqlSession session() {
        return connection.session();
    }

    private static void requireChanged(boolean changed, String code, String detail) {
        if (!changed) {
            throw Problem.of(code, ProblemCategory.CONFLICT, detail).toException();
        }
    }
}
