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
 * @param brokers Where Kafka is, host:port.
 * @param source The source of published CloudEvents; a slash and the application's name unless set.
 * @param routes Which events go to which topic; none means that nothing is published.
 * @param processor How events are read from the event store.
 * @param topics How topics are created that are not there yet.
 * @param maxRecordSize The largest record; what is larger goes to the dead-letter topic without its content.
 * @param consumer How subscriptions are worked on.
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
     * Which events go to a topic.
     *
     * @param aggregates How the identifiers of their aggregates begin.
     * @param topic Where they go.
     * @param events The names of those that go there; all when empty.
     * @param retention How long the topic keeps them; the broker's default when not set.
     */
    public record Route(
            String aggregates,
            String topic,
            @DefaultValue List<String> events,
            @Nullable Duration retention) {}

    /**
     * How events are read from the event store.
     *
     * @param name The name of the streaming processor.
     * @param segments How many parts, each in order, are published at the same time.
     * @param batchSize How many events are sent before their acknowledgements are awaited and the token moves.
     */
    public record Processor(
            @DefaultValue("kafka-relay") String name,
            @DefaultValue("2") int segments,
            @DefaultValue("200") int batchSize) {}

    /**
     * How topics are created that are not there yet.
     *
     * @param partitions Their number of partitions.
     * @param replicas Their replication factor; the broker's default when not set.
     */
    public record Topics(
            @DefaultValue("4") int partitions, @Nullable Short replicas) {}

    /**
     * How subscriptions are worked on.
     *
     * @param concurrency How many threads work on one subscription.
     * @param initialBackoff The pause before a failed event is tried again.
     * @param maxBackoff The longest such pause.
     * @param sessionTimeout After how long without a sign of life a consumer that was killed gives its partitions up
     */
    public record Consumer(
            @DefaultValue("2") int concurrency,
            @DefaultValue("200ms") Duration initialBackoff,
            @DefaultValue("10s") Duration maxBackoff,
            @DefaultValue("10s") Duration sessionTimeout) {}
}
