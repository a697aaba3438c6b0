package io.metachat.kafka.relay.internal;

import io.metachat.kafka.relay.CloudEventSubscription;
import io.metachat.kafka.relay.DeadLetters;
import io.metachat.kafka.relay.KafkaRelayProperties;
import io.metachat.kafka.relay.MalformedEventException;
import io.metachat.kafka.relay.ReceivedEventInterceptor;
import io.metachat.kafka.relay.internal.BrokerConnection.TopicRequest;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;

/** Runs a listener container for each subscription, from when Kafka is available until the application ends. */
public final class SubscriptionRunner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SubscriptionRunner.class);

    /** Kafka recommends at least three, so that one lost heartbeat does not end the session. */
    private static final int HEARTBEATS_PER_SESSION = 4;

    private final List<CloudEventSubscription> subscriptions;
    private final List<ReceivedEventInterceptor> interceptors;
    private final KafkaRelayProperties properties;
    private final BrokerConnection broker;
    private final MeterRegistry meters;
    private final List<ConcurrentMessageListenerContainer<byte[], byte[]>> containers = new ArrayList<>();
    private @Nullable ExecutorService starter;

    public SubscriptionRunner(
            List<CloudEventSubscription> subscriptions,
            List<ReceivedEventInterceptor> interceptors,
            KafkaRelayProperties properties,
            BrokerConnection broker,
            MeterRegistry meters) {
        this.subscriptions = List.copyOf(subscriptions);
        this.interceptors = List.copyOf(interceptors);
        this.properties = properties;
        this.broker = broker;
        this.meters = meters;
    }

    /** Starts in the background, because Kafka may not be available yet. */
    @Override
    public synchronized void start() {
        if (starter != null) {
            return;
        }
        CustomizableThreadFactory threads = new CustomizableThreadFactory("kafka-subscriptions-");
        threads.setDaemon(true);
        starter = Executors.newSingleThreadExecutor(threads);
        starter.execute(this::startAll);
    }

    @Override
    public void stop() {
        ExecutorService starting;
        synchronized (this) {
            starting = starter;
            starter = null;
        }
        if (starting == null) {
            return;
        }
        starting.shutdownNow();
        synchronized (containers) {
            containers.forEach(ConcurrentMessageListenerContainer::stop);
            containers.clear();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return starter != null;
    }

    // Handlers use the other beans, so this starts last and stops first.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private void startAll() {
        try {
            for (CloudEventSubscription subscription : subscriptions) {
                broker.requireTopics(List.of(
                        new TopicRequest(subscription.topic(), Optional.empty()),
                        new TopicRequest(DeadLetters.topicOf(subscription.topic()), Optional.empty())));
                start(subscription);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (KafkaException refused) {
            log.error("Kafka refused this application's topics; nothing is consumed", refused);
        }
    }

    private void start(CloudEventSubscription subscription) {
        ConcurrentMessageListenerContainer<byte[], byte[]> container = container(subscription);
        synchronized (containers) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            container.start();
            containers.add(container);
        }
    }

    private ConcurrentMessageListenerContainer<byte[], byte[]> container(CloudEventSubscription subscription) {
        ContainerProperties settings = new ContainerProperties(subscription.topic());
        settings.setGroupId(subscription.group());
        settings.setAckMode(ContainerProperties.AckMode.RECORD);
        EventListener listener = new EventListener(subscription, interceptors, meters);
        settings.setMessageListener((MessageListener<byte[], byte[]>) listener::onMessage);
        DefaultKafkaConsumerFactory<byte[], byte[]> consumers = new DefaultKafkaConsumerFactory<>(consumerSettings());
        // The client's own metrics, including its lag.
        consumers.addListener(new MicrometerConsumerListener<>(meters));
        ConcurrentMessageListenerContainer<byte[], byte[]> container =
                new ConcurrentMessageListenerContainer<>(consumers, settings);
        container.setBeanName(subscription.topic());
        container.setConcurrency(properties.consumer().concurrency());
        container.setCommonErrorHandler(errorHandler(subscription));
        return container;
    }

    // Transient failures are retried without limit; any other failure dead-letters the event after the first attempt.
    private DefaultErrorHandler errorHandler(CloudEventSubscription subscription) {
        ExponentialBackOff backOff =
                new ExponentialBackOff(properties.consumer().initialBackoff().toMillis(), 2);
        backOff.setMaxInterval(properties.consumer().maxBackoff().toMillis());
        DefaultErrorHandler handler = new DefaultErrorHandler(new DeadLetterWriter(broker, meters), backOff);
        handler.setBackOffFunction((record, failure) -> {
            Exception cause = causeOf(failure);
            boolean retried = !(cause instanceof MalformedEventException) && subscription.isTransient(cause);
            return retried ? backOff : new FixedBackOff(0, 0);
        });
        // The subscription decides which failures are fatal, not the library's list.
        handler.setClassifications(Map.of(), true);
        handler.setLogLevel(org.springframework.kafka.KafkaException.Level.DEBUG);
        handler.setRetryListeners((record, failure, attempt) -> log.atWarn()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("attempt", attempt)
                .log("Handling an event failed: {}", nameOf(failure)));
        return handler;
    }

    private static String nameOf(@Nullable Exception failure) {
        return failure == null ? "unknown" : causeOf(failure).getClass().getName();
    }

    static Exception causeOf(Exception failure) {
        boolean wrapper = failure instanceof ListenerExecutionFailedException
                || failure instanceof EventListener.HandlingFailedException;
        return wrapper && failure.getCause() instanceof Exception cause ? causeOf(cause) : failure;
    }

    private Map<String, Object> consumerSettings() {
        Map<String, Object> settings = new HashMap<>(broker.clientSettings());
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        int sessionTimeout =
                Math.toIntExact(properties.consumer().sessionTimeout().toMillis());
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, sessionTimeout);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, sessionTimeout / HEARTBEATS_PER_SESSION);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return settings;
    }
}
