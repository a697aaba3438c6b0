package io.metachat.kafka.relay;

/** The topics and headers of dead letters. */
public final class DeadLetters {

    /** The reason, as a sentence without the record's content. */
    public static final String REASON = "dlq_reason";

    /** The record's original or intended topic. */
    public static final String TOPIC = "dlq_topic";

    public static final String PARTITION = "dlq_partition";

    public static final String OFFSET = "dlq_offset";

    private DeadLetters() {}

    /** Returns the dead-letter topic of {@code topic}. */
    public static String topicOf(String topic) {
        return topic + ".dlq";
    }
}
