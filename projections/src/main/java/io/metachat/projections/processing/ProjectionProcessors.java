package io.metachat.projections.processing;

import io.metachat.axon.cassandra.CassandraConnection;
import io.metachat.axon.cassandra.autoconfigure.AxonCassandraProperties;
import io.metachat.axon.cassandra.deadletter.CassandraDeadLetterQueues;
import io.metachat.axon.cassandra.deadletter.DeadLetterSequences;
import io.metachat.axon.cassandra.processor.WaitingProcessors;
import io.metachat.projections.ProjectionProperties;
import io.metachat.projections.table.Projection;
import io.metachat.projections.table.TableSession;
import io.metachat.projections.version.VersionRegistry;
import io.metachat.projections.version.Versions;
import io.metachat.service.correlation.MessageCorrelation;
import io.metachat.service.health.ProcessorMetrics;
import io.metachat.service.health.StreamingProcessors;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs a processor for every version of every projection that the registry knows, and follows the registry: a version
 * that appears there gets its processor, one that goes loses it. Starts with the stores absent and goes on trying.
 */
@Component
public class ProjectionProcessors implements SmartLifecycle, StreamingProcessors {

    private static final Logger log = LoggerFactory.getLogger(ProjectionProcessors.class);

    private static final int COORDINATOR_THREADS = 2;

    private final VersionRegistry registry;
    private final CassandraConnection connection;
    private final ProcessorMetrics metrics;
    private final ProjectionProperties properties;
    private final ScheduledExecutorService coordinator;
    private final ScheduledExecutorService scheduler;
    private final ProcessorFactory factory;
    private final Map<String, ProjectionProcessor> running = new ConcurrentHashMap<>();

    private @Nullable Registration reconnects;

    ProjectionProcessors(
            VersionRegistry registry,
            CassandraConnection connection,
            WaitingProcessors waiting,
            EventStore eventStore,
            TokenStore tokenStore,
            CassandraDeadLetterQueues deadLetters,
            TableSession session,
            ProcessorMetrics metrics,
            MessageCorrelation correlation,
            ProjectionProperties properties,
            AxonCassandraProperties stores,
            RebuildPace pace) {
        this.metrics = metrics;
        this.registry = registry;
        this.connection = connection;
        this.properties = properties;
        this.coordinator =
                Executors.newScheduledThreadPool(COORDINATOR_THREADS, new AxonThreadFactory("projection-coordinator"));
        this.scheduler = Executors.newSingleThreadScheduledExecutor(new AxonThreadFactory("projection-scheduler"));
        this.factory = new ProcessorFactory(
                waiting,
                eventStore,
                tokenStore,
                deadLetters,
                session,
                correlation,
                properties,
                stores.token().claimTimeout(),
                pace,
                coordinator);
    }

    /** What runs in this instance now. */
    public Collection<ProjectionProcessor> running() {
        return List.copyOf(running.values());
    }

    @Override
    public Map<String, StreamingEventProcessor> byName() {
        return running.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, processor -> processor.getValue().processor()));
    }

    /** Returns the processor of a version that this instance runs. It may still wait for its stores. */
    public Optional<ProjectionProcessor> find(String projection, int version) {
        return Optional.ofNullable(running.get(ProjectionProcessor.group(projection, version)));
    }

    /** Returns the dead letters of a version, also of one that is paused. */
    public DeadLetterSequences deadLetters(Projection projection, int version) {
        return find(projection.name(), version)
                .orElseGet(() -> create(projection, version))
                .deadLetters();
    }

    @Override
    public synchronized void start() {
        if (reconnects == null) {
            long period = properties.versionRefresh().toMillis();
            scheduler.scheduleWithFixedDelay(this::follow, 0, period, TimeUnit.MILLISECONDS);
            reconnects = connection.onConnected(() -> scheduler.execute(this::follow));
        }
    }

    @Override
    public synchronized void stop() {
        if (reconnects == null) {
            return;
        }
        reconnects.cancel();
        reconnects = null;
        scheduler.shutdownNow();
        CompletableFuture.allOf(
                        running.values().stream().map(ProjectionProcessor::stop).toArray(CompletableFuture[]::new))
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(late -> {
                    log.warn("Not all processors stopped in time", late);
                    return null;
                })
                .join();
        running.clear();
        coordinator.shutdown();
    }

    @Override
    public synchronized boolean isRunning() {
        return reconnects != null;
    }

    /** Makes what runs be what the registry says. Never throws: else it would not be called again. */
    private void follow() {
        try {
            if (!connection.isConnected()) {
                return;
            }
            registry.refresh(connection.session());
            for (Projection projection : registry.projections()) {
                follow(projection, registry.of(projection.name()));
            }
        } catch (RuntimeException e) {
            log.warn("Cannot look for versions of projections, will try again: {}", e.toString());
        }
    }

    private void follow(Projection projection, Versions versions) {
        Set<Integer> filled = registry.filledHere(projection.name());
        for (int version : filled) {
            String group = ProjectionProcessor.group(projection.name(), version);
            if (versions.paused()) {
                stop(group);
            } else if (!running.containsKey(group)) {
                start(projection, version, group);
            }
        }
        running.values().stream()
                .filter(processor -> processor.projection().equals(projection.name()))
                .filter(processor -> !filled.contains(processor.version()))
                .forEach(gone -> stop(gone.group()));
    }

    private void start(Projection projection, int version, String group) {
        ProjectionProcessor created = create(projection, version);
        created.processor().start();
        running.put(group, created);
        metrics.started(group, created.processor());
        log.info("{} starts", group);
    }

    private ProjectionProcessor create(Projection projection, int version) {
        return factory.create(
                projection, version, () -> registry.of(projection.name()).isBuilding(version));
    }

    private void stop(String group) {
        ProjectionProcessor gone = running.remove(group);
        if (gone != null) {
            metrics.stopped(group);
            gone.stop().join();
            log.info("{} has stopped", group);
        }
    }
}
