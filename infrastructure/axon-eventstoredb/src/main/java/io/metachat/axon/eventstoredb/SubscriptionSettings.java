package io.metachat.axon.eventstoredb;

import java.time.Duration;

/**
 * How tracking consumers are fed.
 *
 * @param queueSize how many events wait for a consumer that is catching up; the server is slowed down beyond
 * @param cacheSize how many recent events consumers at the tail share; who falls further behind reads on its own
 * @param maxBytes the size of the events that the cache, and each queue, may hold; fewer events when they are large
 * @param searchWindow how many events the server looks at, at most, between two checkpoints of a filtered stretch
 * @param watchdogInterval how often subscriptions are looked at
 * @param maxSilence a subscription silent for longer is compared with the head and opened again if behind
 */
public record SubscriptionSettings(
        int queueSize, int cacheSize, long maxBytes, int searchWindow, Duration watchdogInterval, Duration maxSilence) {

    public SubscriptionSettings {
        if (queueSize < 1 || cacheSize < 1 || maxBytes < 1 || searchWindow < 1) {
            throw new IllegalArgumentException("Queue, cache and window need a positive size");
        }
        if (watchdogInterval.toMillis() < 1 || maxSilence.isNegative()) {
            throw new IllegalArgumentException("The watchdog needs a positive interval");
        }
    }

    /** Those of the auto-configuration. */
    public static SubscriptionSettings defaults() {
        return new SubscriptionSettings(1024, 8192, 8L << 20, 512, Duration.ofSeconds(2), Duration.ofSeconds(10));
    }
}
