package io.metachat.kafka.relay;

/** Where dead letters are and what their headers are called. */
public final class DeadLetters {

    /** Why the record is here, as a sentence without its content. */
    public static final String REASON = "dlq_reason";

    /** The topic that it was in, or was meant for. */
    public static final String TOPIC = "dlq_topic";

    public static final String PARTITION = "dlq_partition";

    public static final String OFFSET = "dlq_offset";

    private DeadLetters() {}

    /** The dead-letter topic of {@code topic}. */
    public static String topicOf(String topic) {
        return topic + ".dlq";
    }
}
