package io.metachat.projections;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the projection-service, and their defaults.
 *
 * @param keyspace Where the read models are.
 * @param createKeyspace Whether to create the keyspace when it is not there, with one replica: for one node only.
 * @param consistency The consistency level of every read and write of a read model.
 * @param segments How many shares a projection's work is split into when it first runs.
 * @param segmentsOf The number of shares of single projections, by name.
 * @param batchSize How many events are handled before the position is stored.
 * @param batchSizeOf The same for single projections, by name.
 * @param writesInFlight How many writes of one batch are under way at the same time.
 * @param rebuildWritesInFlight The same while a version is rebuilt and nobody reads.
 * @param rebuildWritesBesideReads How many writes of all rebuilds are under way at the same time while somebody reads.
 * @param rebuildPatience How long each of these waits for queries that are being answered.
 * @param writeTimeout How long a batch waits for its writes before it is tried again.
 * @param threads How many batches of each version of a projection are worked on at the same time.
 * @param claimInterval How often each projection looks for segments that nobody works on, such as those of an instance that
 *     is gone, or one that stopped at an event that it could not handle.
 * @param minPositionTimeout How long a query waits for the position that its client has written.
 * @param notificationRetention How long a notification can be read again.
 * @param notificationBuffer How many notifications wait for a slow reader before it is served from the table again.
 * @param rebuildLag How far behind a rebuilt version may be when it takes over.
 * @param rebuildGrace How long the version before is kept after that, and filled, for instances that still read it.
 * @param versionRefresh How often this instance looks for versions that another one has switched.
 */
@ConfigurationProperties("metachat.projections")
public record ProjectionProperties(
        @DefaultValue("metachat") String keyspace,
        @DefaultValue("true") boolean createKeyspace,
        @DefaultValue("LOCAL_QUORUM") String consistency,
        @DefaultValue("2") int segments,
        @DefaultValue Map<String, Integer> segmentsOf,
        @DefaultValue("200") int batchSize,
        @DefaultValue Map<String, Integer> batchSizeOf,
        @DefaultValue("64") int writesInFlight,
        @DefaultValue("16") int rebuildWritesInFlight,
        @DefaultValue("2") int rebuildWritesBesideReads,
        @DefaultValue("10ms") Duration rebuildPatience,
        @DefaultValue("10s") Duration writeTimeout,
        @DefaultValue("4") int threads,
        @DefaultValue("2s") Duration claimInterval,
        @DefaultValue("2s") Duration minPositionTimeout,
        @DefaultValue("30d") Duration notificationRetention,
        @DefaultValue("256") int notificationBuffer,
        @DefaultValue("2s") Duration rebuildLag,
        @DefaultValue("1m") Duration rebuildGrace,
        @DefaultValue("1s") Duration versionRefresh) {

    private static final String IDENTIFIER = "[a-z][a-z0-9_]{0,47}";

    public ProjectionProperties {
        if (!keyspace.matches(IDENTIFIER)) {
            throw new IllegalArgumentException("metachat.projections.keyspace must match " + IDENTIFIER);
        }
        if (segments < 1
                || batchSize < 1
                || writesInFlight < 1
                || rebuildWritesInFlight < 1
                || rebuildWritesBesideReads < 1
                || threads < 1
                || notificationBuffer < 1) {
            throw new IllegalArgumentException(
                    "metachat.projections: segments, batch-size, writes-in-flight, rebuild-writes-in-flight,"
                            + " rebuild-writes-beside-reads, threads and notification-buffer must be at least 1");
        }
        segmentsOf = Map.copyOf(segmentsOf);
        batchSizeOf = Map.copyOf(batchSizeOf);
    }

    /** The number of shares of a projection. */
    public int segmentsOf(String projection) {
        return segmentsOf.getOrDefault(projection, segments);
    }

    /** How many events of a projection are handled before its position is stored. */
    public int batchSizeOf(String projection) {
        return batchSizeOf.getOrDefault(projection, batchSize);
    }
}
