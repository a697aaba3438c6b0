package io.metachat.kafka.relay;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the relay, and their defaults.
 *
 * @param brokers Addresses of Kafka, host:port.
 * @param source Source of published CloudEvents; defaults to a slash and the application's name.
 * @param routes Topics of events; without routes nothing is published.
 * @param processor Processor that reads the event store.
 * @param topics Settings of the topics that the relay creates.
 * @param maxRecordSize Maximum size of a record; a larger one goes to the dead-letter topic without its content.
 * @param consumer Settings of the consumers.
 * @param client Further settings of all Kafka clients.
 */
@ConfigurationProperties("kafka.relay")
public record KafkaRelayProperties(
        @DefaultValue("127.0.0.1:9092") List<String> brokers,

        @Nullable URI source,

        @DefaultValue List<Route> routes,
        @DefaultValue Processor processor,
        @DefaultValue Topics topics,
        @DefaultValue("1MB") DataSize maxRecordSize,
        @DefaultValue Consumer consumer,
        @DefaultValue Map<String, String> client) {

    /**
     * The events of a topic.
     *
     * @param aggregates Prefix of the identifiers of their aggregates.
     * @param topic Their topic.
     * @param events Names of the published events; all events when empty.
     * @param retention Retention of the topic; defaults to the broker's.
     */
    public record Route(
            String aggregates,
            String topic,
            @DefaultValue List<String> events,
            @Nullable Duration retention) {}

    /**
     * The processor that reads the event store.
     *
     * @param name Name of the streaming processor.
     * @param segments Number of segments that are published at the same time, each in order.
     * @param batchSize Number of events that are sent before their acknowledgements are awaited and the token moves.
     */
    public record Processor(
            @DefaultValue("kafka-relay") String name,
            @DefaultValue("2") int segments,
            @DefaultValue("200") int batchSize) {}

    /**
     * The topics that the relay creates.
     *
     * @param partitions Number of partitions.
     * @param replicas Replication factor; defaults to the broker's.
     */
    public record Topics(
            @DefaultValue("4") int partitions, @Nullable Short replicas) {}

    /**
     * The consumers of subscriptions.
     *
     * @param concurrency Number of threads of one subscription.
     * @param initialBackoff First pause before a failed event is retried.
     * @param maxBackoff Longest such pause.
     * @param sessionTimeout Time without a heartbeat after which a consumer loses its partitions.
     */
    public record Consumer(
            @DefaultValue("2") int concurrency,
            @DefaultValue("200ms") Duration initialBackoff,
            @DefaultValue("10s") Duration maxBackoff,
            @DefaultValue("10s") Duration sessionTimeout) {}
}
