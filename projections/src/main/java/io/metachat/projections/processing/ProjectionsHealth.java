package io.metachat.projections.processing;

import io.metachat.projections.table.Projection;
import io.metachat.projections.version.VersionRegistry;
import io.metachat.projections.version.Versions;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether every projection that should run here does. One that waits or that is behind is told, not hidden. */
@Component("projections")
class ProjectionsHealth implements HealthIndicator {

    private final VersionRegistry registry;
    private final ProjectionProcessors processors;

    ProjectionsHealth(VersionRegistry registry, ProjectionProcessors processors) {
        this.registry = registry;
        this.processors = processors;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        for (Projection projection : registry.projections()) {
            Versions versions = registry.of(projection.name());
            boolean rebuilding = !registry.isUsable(projection.name(), versions.active());
            String state = versions.paused()
                    ? "paused"
                    : rebuilding ? "rebuilding" : state(projection.name(), versions.active());
            if (!versions.paused() && !rebuilding && !state.equals("running")) {
                health.down();
            }
            health.withDetail(projection.name(), state);
        }
        return health.build();
    }

    private String state(String projection, int version) {
        return processors
                .find(projection, version)
                .map(processor -> processor
                        .failure()
                        .map(failure -> "failing: " + failure.getClass().getSimpleName())
                        .orElse("running"))
                .orElse("starting");
    }
}
