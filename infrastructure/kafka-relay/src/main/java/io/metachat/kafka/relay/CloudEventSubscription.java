package io.metachat.kafka.relay;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The events of a topic that an application handles. The starter consumes each bean of this type while the application runs.
 * A group that is new to the topic begins with its earliest event.
 */
public final class CloudEventSubscription {

    private final String topic;
    private final String group;
    private final Map<String, CloudEventHandler> handlers;
    private final Predicate<Exception> transientFailures;

    private CloudEventSubscription(Builder builder, String group) {
        this.topic = builder.topic;
        this.group = group;
        this.handlers = Map.copyOf(builder.handlers);
        this.transientFailures = builder.transientFailures;
    }

    /** Starts the definition of a subscription to {@code topic}. */
    public static Builder to(String topic) {
        return new Builder(topic);
    }

    public String topic() {
        return topic;
    }

    public String group() {
        return group;
    }

    /** Returns the handlers by event type. Events of other types are skipped. */
    public Map<String, CloudEventHandler> handlers() {
        return handlers;
    }

    /** Returns whether a failure is transient, so that the event is retried instead of dead-lettered. */
    public boolean isTransient(Exception failure) {
        return transientFailures.test(failure);
    }

    /** Collects the parts of a subscription. */
    public static final class Builder {

        private final String topic;
        private final Map<String, CloudEventHandler> handlers = new HashMap<>();
        private Predicate<Exception> transientFailures = failure -> true;
        private @Nullable String group;

        private Builder(String topic) {
            this.topic = topic;
        }

        /** Sets the consumer group; its members share the topic's partitions. */
        public Builder as(String group) {
            this.group = group;
            return this;
        }

        /** Adds the handler of the events with this type. */
        public Builder on(String type, CloudEventHandler handler) {
            if (handlers.putIfAbsent(type, handler) != null) {
                throw new IllegalArgumentException("Two handlers for " + type);
            }
            return this;
        }

        /**
         * Sets which failures are transient. On any other failure, the event goes to the dead-letter topic after the first
         * attempt. By default, every failure except {@link MalformedEventException} is transient.
         */
        public Builder transientWhen(Predicate<Exception> transientFailures) {
            this.transientFailures = transientFailures;
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
