package io.metachat.embedded.eventstoredb.internal.group;

import java.util.List;

/**
 * The settings of a group. They are stored as JSON in the log, so the component names are part of the stored format.
 *
 * @param startFrom the first revision or position to deliver; {@link #FROM_END} for events after the group's creation
 * @param messageTimeoutMillis the time after which an unanswered event is delivered again; 0 for never
 * @param maxRetryCount the number of retries before an event is parked
 * @param minCheckpointCount the number of finished events before progress is written
 * @param maxCheckpointCount the number of finished events after which progress is written immediately
 * @param maxSubscriberCount the maximum number of consumers; 0 for no limit
 * @param filter the filter on {@code $all}; without an expression it matches everything
 */
public record GroupSettings(
        boolean resolveLinks,
        long startFrom,
        boolean extraStatistics,
        int messageTimeoutMillis,
        int maxRetryCount,
        int minCheckpointCount,
        int maxCheckpointCount,
        int checkpointAfterMillis,
        int maxSubscriberCount,
        int liveBufferSize,
        int readBatchSize,
        int historyBufferSize,
        Strategy strategy,
        Filter filter) {

    public static final long FROM_END = -1;

    GroupSettings startingFrom(long start) {
        return new GroupSettings(
                resolveLinks,
                start,
                extraStatistics,
                messageTimeoutMillis,
                maxRetryCount,
                minCheckpointCount,
                maxCheckpointCount,
                checkpointAfterMillis,
                maxSubscriberCount,
                liveBufferSize,
                readBatchSize,
                historyBufferSize,
                strategy,
                filter);
    }

    GroupSettings withFilter(Filter newFilter) {
        return new GroupSettings(
                resolveLinks,
                startFrom,
                extraStatistics,
                messageTimeoutMillis,
                maxRetryCount,
                minCheckpointCount,
                maxCheckpointCount,
                checkpointAfterMillis,
                maxSubscriberCount,
                liveBufferSize,
                readBatchSize,
                historyBufferSize,
                strategy,
                newFilter);
    }

    /** The strategy of distributing events to consumers. */
    public enum Strategy {
        /** Each consumer in turn. */
        ROUND_ROBIN("RoundRobin"),
        /** The first consumer that has room. */
        DISPATCH_TO_SINGLE("DispatchToSingle"),
        /** All events of a stream to the same consumer, while the consumers stay the same. */
        PINNED("Pinned");

        private final String wireName;

        Strategy(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    /** @param byType whether to match the event's type instead of its stream */
    public record Filter(boolean byType, String regex, List<String> prefixes) {

        public static final Filter NONE = new Filter(false, "", List.of());

        public Filter {
            prefixes = List.copyOf(prefixes);
        }

        boolean isGiven() {
            return !regex.isEmpty() || !prefixes.isEmpty();
        }
    }
}
