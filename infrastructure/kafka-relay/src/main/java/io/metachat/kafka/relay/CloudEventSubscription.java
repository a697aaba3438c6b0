package io.metachat.kafka.relay;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What an application consumes of a topic. A bean of this type is worked on for as long as the application runs. */
public final class CloudEventSubscription {

    /** From where a group begins that has not consumed the topic before. */
    public enum Start {
        EARLIEST,
        LATEST
    }

    private final String topic;
    private final String group;
    private final Map<String, CloudEventHandler> handlers;
    private final Predicate<Exception> passing;
    private final Start start;

    private CloudEventSubscription(Builder builder, String group) {
        this.topic = builder.topic;
        this.group = group;
        this.handlers = Map.copyOf(builder.handlers);
        this.passing = builder.passing;
        this.start = builder.start;
    }

    /** Begins a subscription to {@code topic}. */
    public static Builder to(String topic) {
        return new Builder(topic);
    }

    public String topic() {
        return topic;
    }

    public String group() {
        return group;
    }

    public Start start() {
        return start;
    }

    /** The handlers by event type. Events of other types are passed over. */
    public Map<String, CloudEventHandler> handlers() {
        return handlers;
    }

    /** Whether a failure may be over later, so that the event is tried again instead of being set aside. */
    public boolean isPassing(Exception failure) {
        return passing.test(failure);
    }

    /** Collects what a subscription is. */
    public static final class Builder {

        private final String topic;
        private final Map<String, CloudEventHandler> handlers = new HashMap<>();
        private Predicate<Exception> passing = failure -> true;
        private Start start = Start.EARLIEST;
        private @Nullable String group;

        private Builder(String topic) {
            this.topic = topic;
        }

        /** The consumer group; its members share the topic's partitions. */
        public Builder as(String group) {
            this.group = group;
            return this;
        }

        /** Handles the events called {@code type}. */
        public Builder on(String type, CloudEventHandler handler) {
            if (handlers.putIfAbsent(type, handler) != null) {
                throw new IllegalArgumentException("Two handlers for " + type);
            }
            return this;
        }

        /**
         * Which failures may be over later. What is not passing goes to the dead-letter topic after the first attempt.
         * Without it, every failure but {@link MalformedEventException} is.
         */
        public Builder passingWhen(Predicate<Exception> passing) {
            this.passing = passing;
            return this;
        }

        /** A new group begins with what comes from now on. */
        public Builder fromLatest() {
            this.start = Start.LATEST;
            return this;
        }

        public CloudEventSubscription build() {
            if (group == null || handlers.isEmpty()) {
                throw new IllegalStateException("A subscription to " + topic + " needs a group and a handler");
            }
            return new CloudEventSubscription(this, group);
        }
    }
}
