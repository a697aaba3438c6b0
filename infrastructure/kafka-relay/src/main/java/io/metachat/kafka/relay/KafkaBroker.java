package io.metachat.kafka.relay;

/** The application's connection to Kafka. Opened when first needed; survives the broker going away. Thread-safe. */
public interface KafkaBroker {

    /**
     * Returns when the broker answers.
     *
     * @throws Exception when it does not within a few seconds
     */
    void check() throws Exception;
}
