package io.metachat.kafka.relay.internal;

import io.metachat.kafka.relay.DeadLetters;
import io.metachat.kafka.relay.MalformedEventException;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;

/**
 * Copies a record that cannot be handled, byte for byte, to the dead-letter topic. Returns when the broker has acknowledged
 * it, and only then does the consumer continue.
 */
final class DeadLetterWriter implements ConsumerRecordRecoverer {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterWriter.class);

    private final BrokerConnection broker;
    private final MeterRegistry meters;

    DeadLetterWriter(BrokerConnection broker, MeterRegistry meters) {
        this.broker = broker;
        this.meters = meters;
    }

    @Override
    public void accept(ConsumerRecord<?, ?> record, Exception failure) {
        String reason = reason(SubscriptionRunner.causeOf(failure));
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(
                DeadLetters.topicOf(record.topic()),
                null,
                text(record.key()),
                (byte[]) record.value(),
                record.headers());
        Headers headers = letter.headers();
        put(headers, DeadLetters.REASON, reason);
        put(headers, DeadLetters.TOPIC, record.topic());
        put(headers, DeadLetters.PARTITION, Integer.toString(record.partition()));
        put(headers, DeadLetters.OFFSET, Long.toString(record.offset()));
        try {
            broker.await(broker.send(letter));
        } catch (ExecutionException refused) {
            throw new KafkaException("Kafka refused a dead letter", refused.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KafkaException("The application ended before the dead letter was written", stopped);
        }
        meters.counter("kafka.relay.dead.lettered", "topic", record.topic()).increment();
        log.atWarn()
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .log("Dead-lettered a record of {}: {}", record.topic(), reason);
    }

    private static String reason(Exception failure) {
        return failure instanceof MalformedEventException
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getName();
    }

    private static @Nullable String text(@Nullable Object key) {
        return key instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : null;
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
