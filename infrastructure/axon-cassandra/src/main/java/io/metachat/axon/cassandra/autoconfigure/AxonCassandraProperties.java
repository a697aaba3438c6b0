package io.metachat.axon.cassandra.autoconfigure;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import io.metachat.axon.cassandra.CassandraStorage;
import io.metachat.axon.cassandra.schema.SchemaMode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The starter's settings; every default is owned here. Credentials, TLS and all else of the driver stay in Spring Boot's
 * own {@code spring.cassandra.*}.
 *
 * @param contactPoints hosts to find the cluster by, each {@code host} or {@code host:port}; empty to leave this to
 *     {@code spring.cassandra.contact-points} or to a service connection
 * @param port the port of contact points that name none
 * @param localDatacenter the data centre of this application; used with {@code contactPoints} only
 * @param keyspace the keyspace of the stores' tables
 * @param replication the replication of a keyspace that is created here
 * @param schema whether to create or to check the schema at each connect
 * @param consistency the level of reads and writes
 * @param serialConsistency the level of lightweight transactions
 * @param requestTimeout how long one statement may take
 * @param connect how to connect
 * @param processorsWait whether pooled streaming processors wait for their stores at start, instead of ending the
 *     application when a store is absent
 * @param node the name of this process in claims; by default different for each process and each context
 * @param token the token store
 * @param saga the saga store
 * @param deadline the deadline manager
 * @param deadLetter the dead-letter queues
 */
@Validated
@ConfigurationProperties("axon.cassandra")
public record AxonCassandraProperties(
        @DefaultValue List<String> contactPoints,
        @DefaultValue("9042") @Min(1) @Max(65535) int port,
        @DefaultValue("datacenter1") @NotEmpty String localDatacenter,

        @DefaultValue("axon") @Pattern(regexp = CassandraStorage.KEYSPACE_PATTERN)
        String keyspace,

        @Nullable Map<String, String> replication,
        @DefaultValue("create") @NotNull SchemaMode schema,
        @DefaultValue("local-quorum") @NotNull DefaultConsistencyLevel consistency,
        @DefaultValue("local-serial") @NotNull DefaultConsistencyLevel serialConsistency,
        @DefaultValue("5s") @DurationMin(millis = 100) Duration requestTimeout,
        @DefaultValue @Valid Connect connect,
        @DefaultValue("true") boolean processorsWait,
        @Nullable String node,
        @DefaultValue @Valid Token token,
        @DefaultValue @Valid Saga saga,
        @DefaultValue @Valid Deadline deadline,
        @DefaultValue @Valid DeadLetter deadLetter) {

    public AxonCassandraProperties {
        contactPoints = contactPoints.stream().filter(point -> !point.isBlank()).toList();
        replication = replication == null || replication.isEmpty()
                ? Map.of("class", "NetworkTopologyStrategy", "replication_factor", "1")
                : Map.copyOf(replication);
        node = node == null || node.isBlank()
                ? ManagementFactory.getRuntimeMXBean().getName() + "/"
                        + UUID.randomUUID().toString().substring(0, 8)
                : node;
    }

    /** Returns the replication; by default the network topology strategy with one replica. */
    @Override
    public Map<String, String> replication() {
        return Objects.requireNonNull(replication);
    }

    /** Returns the name of this process in claims. */
    @Override
    public String node() {
        return Objects.requireNonNull(node);
    }

    @AssertTrue(message = "must be a regular level, and serial-consistency serial or local-serial")
    boolean isConsistencyOfItsKind() {
        return !consistency.isSerial() && serialConsistency.isSerial();
    }

    /**
     * How to connect.
     *
     * @param initialWait how long the start of the application waits for the first attempt to end; an absent Cassandra usually
     *     ends it immediately
     * @param minimumBackOff the wait after the first attempt that failed; it doubles from attempt to attempt
     * @param maximumBackOff the longest wait between two attempts, and between the driver's attempts to reach a node again
     */
    public record Connect(
            @DefaultValue("3s") @NotNull Duration initialWait,
            @DefaultValue("250ms") @DurationMin(millis = 10) Duration minimumBackOff,
            @DefaultValue("5s") @DurationMin(millis = 10) Duration maximumBackOff) {}

    /**
     * The token store.
     *
     * @param claimTimeout after how long without an extension another node may claim a segment; whole seconds, at
     *     least 2
     */
    public record Token(
            @DefaultValue("10s") @DurationMin(seconds = 2) Duration claimTimeout) {}

    /**
     * The saga store.
     *
     * @param startMemory for how long an event that has started a saga cannot start another of its type
     * @param parking whether an event that a saga fails on is parked for that saga, with what follows for it; also on for
     *     the sagas of a processing group whose {@code axon.eventhandling.processors.<name>.dlq.enabled} is
     */
    public record Saga(
            @DefaultValue("7d") @DurationMin(minutes = 1) Duration startMemory,
            @DefaultValue("false") boolean parking) {}

    /**
     * The deadline manager.
     *
     * @param group the nodes that share their deadlines; by default the name of the application
     * @param lease how long a delivery may take before another node may deliver the same deadline again
     * @param sweep the interval of polls for deadlines of other nodes that are due soon
     * @param recovery the interval of polls for deadlines that were not delivered in time
     * @param memory how long a delivered or cancelled deadline is remembered, in case its event is handled again
     * @param threads the number of concurrent deliveries
     */
    public record Deadline(
            @Nullable String group,
            @DefaultValue("30s") @DurationMin(seconds = 2) Duration lease,
            @DefaultValue("1s") @DurationMin(millis = 50) Duration sweep,
            @DefaultValue("10s") @DurationMin(millis = 50) Duration recovery,
            @DefaultValue("7d") @DurationMin(minutes = 1) Duration memory,
            @DefaultValue("4") @Min(1) int threads) {}

    /**
     * The dead-letter queues, which a processing group has if {@code axon.eventhandling.processors.<name>.dlq.enabled}.
     *
     * @param maximumSequences how many sequences a processing group can park, about
     * @param maximumSequenceSize how many events of a sequence can be parked
     * @param claim how long the handling of one letter may take before another node may process its sequence
     */
    public record DeadLetter(
            @DefaultValue("1024") @Min(1) int maximumSequences,
            @DefaultValue("1024") @Min(1) int maximumSequenceSize,
            @DefaultValue("30s") @DurationMin(seconds = 2) Duration claim) {}
}
