package io.metachat.embedded.eventstoredb.internal.group;

import java.util.List;

/**
 * How a group works. Kept as JSON in the log, so the names of the components are part of the stored format.
 *
 * @param startFrom the first revision or position to deliver; {@link #FROM_END} for what comes after the creation
 * @param messageTimeoutMillis after which an event without an answer is delivered again; 0 for never
 * @param maxRetryCount how often an event is delivered again before it is parked
 * @param minCheckpointCount events finished before progress is written
 * @param maxCheckpointCount events finished after which progress is written without waiting for the time
 * @param maxSubscriberCount 0 for any number
 * @param filter on {@code $all}; matches everything where no expression is given
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

    /** How events are given to consumers. */
    public enum Strategy {
        /** In turn. */
        ROUND_ROBIN("RoundRobin"),
        /** To the first one that has room. */
        DISPATCH_TO_SINGLE("DispatchToSingle"),
        /** All events of a stream to the same one, while the consumers stay the same. */
        PINNED("Pinned");

        private final String wireName;

        Strategy(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    /** @param byType whether it looks at the event's type instead of its stream */
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
