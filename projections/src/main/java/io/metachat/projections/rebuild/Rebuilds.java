package io.metachat.projections.rebuild;

import com.datastax.oss.driver.api.core.CqlSession;
import io.metachat.axon.cassandra.CassandraConnection;
import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStore;
import io.metachat.projections.ProjectionProperties;
import io.metachat.projections.position.MinimumPosition;
import io.metachat.projections.table.Projection;
import io.metachat.projections.version.VersionRegistry;
import io.metachat.projections.version.Versions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.AxonThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Advances rebuilds to their end. Their state is in Cassandra, each step is one change there, and every instance tries
 * every step: an instance that dies is replaced by any other, or by itself after its restart. Operators begin a rebuild
 * via {@code ProjectionOperations}; a projection with an outdated revision begins one here.
 */
@Component
public class Rebuilds implements InitializingBean, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Rebuilds.class);

    /** After this many polls of the registry every instance has surely seen that a version is no longer filled. */
    private static final int POLLS = 10;

    private final VersionRegistry registry;
    private final CassandraConnection connection;
    private final EventStoreDbEventStore eventStore;
    private final MinimumPosition positions;
    private final ProjectionProperties properties;
    private final Clock clock;
    private final Map<String, Building> building = new ConcurrentHashMap<>();
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(new AxonThreadFactory("rebuilds"));

    Rebuilds(
            VersionRegistry registry,
            CassandraConnection connection,
            EventStoreDbEventStore eventStore,
            MinimumPosition positions,
            ProjectionProperties properties,
            MeterRegistry meters,
            Clock clock) {
        this.registry = registry;
        this.connection = connection;
        this.eventStore = eventStore;
        this.positions = positions;
        this.properties = properties;
        this.clock = clock;
        for (Projection projection : registry.projections()) {
            // Without a value while there is no rebuild.
            Gauge.builder(
                            "metachat.projection.rebuild.done",
                            () -> progress(projection.name())
                                    .map(RebuildProgress::done)
                                    .orElse(null))
                    .tags("projection", projection.name())
                    .register(meters);
        }
    }

    /** This instance's observations of a version that is being filled. */
    private static final class Building {
        private final int version;
        private final CatchUp catchUp;
        private final Rate rate = new Rate();
        private volatile @Nullable RebuildProgress progress;

        private Building(int version, Duration lag) {
            this.version = version;
            this.catchUp = new CatchUp(lag);
        }
    }

    /** How far the rebuild of a projection has come; empty while there is none, or it has not begun yet. */
    public Optional<RebuildProgress> progress(String projection) {
        return Optional.ofNullable(building.get(projection)).map(current -> current.progress);
    }

    @Override
    public void afterPropertiesSet() {
        long period = properties.versionRefresh().toMillis();
        scheduler.scheduleWithFixedDelay(this::poll, period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        scheduler.shutdownNow();
    }

    /** Never throws: the scheduler would not call it again. */
    private void poll() {
        if (!connection.isConnected()) {
            return;
        }
        for (Projection projection : registry.projections()) {
            try {
                advance(registry.of(projection.name()), connection.session());
            } catch (RuntimeException e) {
                log.warn("The rebuild of {} is delayed: {}", projection.name(), e.toString());
            }
        }
    }

    private void advance(Versions versions, CqlSession session) {
        if (versions.building() == null) {
            building.remove(versions.projection());
        } else if (hasCaughtUp(versions) && registry.activate(session, versions.projection())) {
            log.info("{} is now read in version {}", versions.projection(), versions.building());
        }
        if (versions.building() == null
                && versions.retired() == null
                && registry.isOutdated(versions.projection())
                && registry.build(session, versions.projection())) {
            log.info(
                    "{} is rebuilt: version {} was made by an earlier revision",
                    versions.projection(),
                    versions.active());
        }
        if (isOver(versions.retiredSince(), properties.rebuildGrace())) {
            registry.stopRetired(session, versions.projection());
        }
        if (isOver(versions.droppingSince(), properties.versionRefresh().multipliedBy(POLLS))
                && registry.drop(session, versions.projection())) {
            log.info("Version {} of {} is dropped", versions.dropping(), versions.projection());
        }
    }

    private boolean hasCaughtUp(Versions versions) {
        int version = versions.building() == null ? 0 : versions.building();
        Building current = building.compute(
                versions.projection(),
                (name, known) -> known != null && known.version == version
                        ? known
                        : new Building(version, properties.rebuildLag()));
        OptionalLong position = positions.lowest(versions.projection(), version);
        if (position.isEmpty()) {
            return false;
        }
        long head = eventStore.headPosition().orElse(0);
        long now = System.nanoTime();
        current.rate.at(position.getAsLong(), now);
        current.progress = new RebuildProgress(
                version,
                versions.buildingSince() == null ? clock.instant() : versions.buildingSince(),
                position.getAsLong(),
                head,
                current.rate.perSecond(),
                current.rate.left(head - position.getAsLong()));
        return current.catchUp.hasCaughtUp(position.getAsLong(), head, now);
    }

    private boolean isOver(@Nullable Instant since, Duration time) {
        return since != null && clock.instant().isAfter(since.plus(time));
    }
}
