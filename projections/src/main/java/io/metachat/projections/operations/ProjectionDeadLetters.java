package io.metachat.projections.operations;

import io.metachat.axon.cassandra.deadletter.DeadLetterSequences;
import io.metachat.projections.processing.ProjectionProcessors;
import io.metachat.projections.version.VersionRegistry;
import io.metachat.service.error.Problem;
import io.metachat.service.operations.DeadLetterSource;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The dead letters of each projection's active version. */
@Component
final class ProjectionDeadLetters implements DeadLetterSource {

    private final VersionRegistry registry;
    private final ProjectionProcessors processors;

    ProjectionDeadLetters(VersionRegistry registry, ProjectionProcessors processors) {
        this.registry = registry;
        this.processors = processors;
    }

    @Override
    public String kind() {
        return "projections";
    }

    @Override
    public Optional<DeadLetterSequences> find(String name) {
        return registry.projections().stream()
                .filter(projection -> projection.name().equals(name))
                .findFirst()
                .map(projection ->
                        processors.deadLetters(projection, registry.of(name).active()));
    }

    @Override
    public Problem unknownName() {
        return Problem.notFound("projection-not-found", "There is no such projection.");
    }

    @Override
    public Map<String, Object> shown(Object event) {
        return MaskedEvent.of((Record) event);
    }
}
