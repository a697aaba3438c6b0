package io.metachat.kafka.relay;

/** The application's connection to Kafka. Opened on first use; survives outages of the broker. Thread-safe. */
public interface KafkaBroker {

    /**
     * Returns when the broker answers.
     *
     * @throws Exception when it does not answer within a few seconds
     */
    void check() throws Exception;
}
