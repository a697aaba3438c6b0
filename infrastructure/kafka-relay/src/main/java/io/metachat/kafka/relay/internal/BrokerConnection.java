package io.metachat.kafka.relay.internal;

import io.metachat.kafka.relay.KafkaBroker;
import io.metachat.kafka.relay.KafkaRelayProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * One producer and one admin client for the application. During an outage of the broker, {@link #send} waits, so records
 * keep their order and none is lost. Only the end of the application ends the wait.
 */
public final class BrokerConnection implements KafkaBroker, SmartLifecycle, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BrokerConnection.class);

    private static final int TIMEOUT_MILLIS = 3_000;
    private static final long PAUSE_MILLIS = 250;

    /** How long acknowledgements are awaited after the application was asked to stop. */
    private static final Duration LAST_ACKNOWLEDGEMENTS = Duration.ofSeconds(2);

    private final KafkaRelayProperties properties;
    private final Set<String> existing = ConcurrentHashMap.newKeySet();
    private @Nullable Producer<String, byte[]> producer;
    private @Nullable Admin admin;
    private volatile boolean reachable = true;
    private volatile boolean running;
    private volatile long givesUpAt = Long.MAX_VALUE;

    public BrokerConnection(KafkaRelayProperties properties) {
        this.properties = properties;
    }

    @Override
    public void check() throws Exception {
        try {
            admin().describeCluster().clusterId().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /**
     * Hands the record to the producer when the broker is available.
     *
     * @return completed when all replicas have the record; failed only with a permanent failure
     * @throws InterruptedException when the application ends first
     */
    Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) throws InterruptedException {
        while (true) {
            requireTopics(List.of(new TopicRequest(record.topic(), Optional.empty())));
            Future<RecordMetadata> sent = producer().send(record);
            if (!hasNoBroker(sent)) {
                return sent;
            }
            waitForBroker();
        }
    }

    /**
     * Waits for an acknowledgement, however long it takes.
     *
     * @throws ExecutionException with the failure for which the broker or the producer refused the record
     * @throws InterruptedException when the application ends first
     */
    void await(Future<RecordMetadata> sent) throws ExecutionException, InterruptedException {
        while (true) {
            try {
                sent.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException notYet) {
                requireRunning();
            }
        }
    }

    /** Creates missing topics; waits for the broker. */
    void requireTopics(Collection<TopicRequest> topics) throws InterruptedException {
        for (TopicRequest topic : topics) {
            while (!existing.contains(topic.name()) && !create(topic)) {
                waitForBroker();
            }
        }
        reached();
    }

    /** A topic and its retention. */
    record TopicRequest(String name, Optional<Duration> retention) {}

    private boolean create(TopicRequest request) throws InterruptedException {
        try {
            if (!exists(request.name())) {
                admin().createTopics(List.of(newTopic(request))).all().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException | ConfigException unreachable) {
            return false;
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof RetriableException) {
                return false;
            }
            // Another instance created it first.
            if (!(refused.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("Cannot create the topic " + request.name(), refused.getCause());
            }
        }
        existing.add(request.name());
        return true;
    }

    // Checked first, because this application may not be permitted to create topics that others manage.
    private boolean exists(String topic) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            admin().describeTopics(List.of(topic)).allTopicNames().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private NewTopic newTopic(TopicRequest request) {
        NewTopic topic = new NewTopic(
                request.name(),
                Optional.of(properties.topics().partitions()),
                Optional.ofNullable(properties.topics().replicas()));
        request.retention()
                .ifPresent(retention ->
                        topic.configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()))));
        return topic;
    }

    // The producer reports an unavailable broker, or a full buffer, as an already failed future.
    private static boolean hasNoBroker(Future<RecordMetadata> sent) throws InterruptedException {
        if (!sent.isDone()) {
            return false;
        }
        try {
            sent.get();
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException;
        }
    }

    private void waitForBroker() throws InterruptedException {
        if (reachable) {
            reachable = false;
            log.warn("Kafka is not available; waiting for it");
        }
        requireRunning();
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }

    private void reached() {
        if (!reachable) {
            reachable = true;
            log.info("Kafka is available");
        }
    }

    private void requireRunning() throws InterruptedException {
        if (System.nanoTime() - givesUpAt >= 0 && givesUpAt != Long.MAX_VALUE) {
            throw new InterruptedException("The application ends");
        }
    }

    private synchronized Producer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(producerSettings(), new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    private synchronized Admin admin() {
        if (admin == null) {
            Map<String, Object> settings = new HashMap<>(clientSettings());
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
            admin = Admin.create(settings);
        }
        return admin;
    }

    /** Returns the settings that all clients of the application share. */
    Map<String, Object> clientSettings() {
        Map<String, Object> settings = new HashMap<>(properties.client());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, new ArrayList<>(properties.brokers()));
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return settings;
    }

    private Map<String, Object> producerSettings() {
        Map<String, Object> settings = new HashMap<>(clientSettings());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // An accepted record is sent until it is acknowledged; giving it up would let later ones overtake it.
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        settings.put(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Math.toIntExact(properties.maxRecordSize().toBytes()));
        return settings;
    }

    @Override
    public void start() {
        givesUpAt = Long.MAX_VALUE;
        running = true;
    }

    /** Ends waits soon, so that a processor that waits for the broker does not delay the shutdown. */
    @Override
    public void stop() {
        givesUpAt = System.nanoTime() + LAST_ACKNOWLEDGEMENTS.toNanos();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    // Stops before its users.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(LAST_ACKNOWLEDGEMENTS);
        }
        if (admin != null) {
            admin.close(LAST_ACKNOWLEDGEMENTS);
        }
    }
}
