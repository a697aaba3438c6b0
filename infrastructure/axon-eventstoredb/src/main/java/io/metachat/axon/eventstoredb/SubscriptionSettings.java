package io.metachat.axon.eventstoredb;

import java.time.Duration;

/**
 * The buffers and timeouts of tracking streams.
 *
 * @param queueSize how many events are buffered for a consumer that catches up; a full buffer slows the server down
 * @param cacheSize how many recent events the consumers near the end share; a consumer further behind reads on its own
 * @param maxBytes the size in bytes of the events that the cache, and each buffer, may hold
 * @param searchWindow the maximum number of events that the server filters between two checkpoints
 * @param watchdogInterval the interval at which the watchdog checks subscriptions
 * @param maxSilence the watchdog compares a subscription with the head when it has been silent for longer, and reopens it
 *     when it is behind
 */
public record SubscriptionSettings(
        int queueSize, int cacheSize, long maxBytes, int searchWindow, Duration watchdogInterval, Duration maxSilence) {

    public SubscriptionSettings {
        if (queueSize < 1 || cacheSize < 1 || maxBytes < 1 || searchWindow < 1) {
            throw new IllegalArgumentException("queueSize, cacheSize, maxBytes and searchWindow must be positive");
        }
        if (watchdogInterval.toMillis() < 1 || maxSilence.isNegative()) {
            throw new IllegalArgumentException("watchdogInterval must be positive and maxSilence not negative");
        }
    }

    /** Returns the defaults of the auto-configuration. */
    public static SubscriptionSettings defaults() {
        return new SubscriptionSettings(1024, 8192, 8L << 20, 512, Duration.ofSeconds(2), Duration.ofSeconds(10));
    }
}
