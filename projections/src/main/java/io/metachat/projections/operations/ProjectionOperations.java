package io.metachat.projections.operations;

import com.datastax.oss.driver.api.core.CqlSession;
import io.metachat.axon.cassandra.CassandraConnection;
import io.metachat.projections.position.Lags;
import io.metachat.projections.processing.ProjectionProcessor;
import io.metachat.projections.processing.ProjectionProcessors;
import io.metachat.projections.rebuild.Rebuilds;
import io.metachat.projections.table.Projection;
import io.metachat.projections.version.VersionRegistry;
import io.metachat.projections.version.Versions;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.operations.OperatorApi;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Projections for operators: list, rebuild, pause and resume them. */
@OperatorApi
@RequestMapping("/operations/projections")
class ProjectionOperations {

    private final VersionRegistry registry;
    private final ProjectionProcessors processors;
    private final Rebuilds rebuilds;
    private final Lags lags;
    private final CassandraConnection connection;

    ProjectionOperations(
            VersionRegistry registry,
            ProjectionProcessors processors,
            Rebuilds rebuilds,
            Lags lags,
            CassandraConnection connection) {
        this.registry = registry;
        this.processors = processors;
        this.rebuilds = rebuilds;
        this.lags = lags;
        this.connection = connection;
    }

    @GetMapping
    List<ProjectionReport> list() {
        return registry.projections().stream()
                .map(projection -> report(projection.name()))
                .toList();
    }

    @GetMapping("/{name}")
    ProjectionReport get(@PathVariable String name) {
        return report(known(name));
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

    private ProjectionReport report(String name) {
        Versions versions = registry.of(name);
        return ProjectionReport.of(
                versions,
                lags.of(name, versions.active()),
                rebuild(versions),
                processors.running().stream()
                        .filter(processor -> processor.projection().equals(name))
                        .sorted(Comparator.comparingInt(ProjectionProcessor::version))
                        .map(ProjectionReport.Processor::of)
                        .toList());
    }

    private ProjectionReport.@Nullable Rebuild rebuild(Versions versions) {
        Integer version = versions.building();
        return version == null
                ? null
                : ProjectionReport.Rebuild.of(
                        version,
                        versions,
                        rebuilds.progress(versions.projection()).orElse(null),
                        lags.of(versions.projection(), version));
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
