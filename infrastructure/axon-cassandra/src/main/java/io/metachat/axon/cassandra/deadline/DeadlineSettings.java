package io.metachat.axon.cassandra.deadline;

import java.time.Duration;

/**
 * How deadlines are delivered.
 *
 * @param group the name of the application: its nodes, and no others, deliver the deadlines that it has scheduled
 * @param node the name of this node in leases
 * @param lease how long a delivery may take before another node may deliver the same deadline again; whole seconds
 * @param sweep the interval at which a node polls for deadlines that other nodes have scheduled and that are due soon
 * @param recovery the interval at which a node polls for overdue deadlines of nodes that have died
 * @param memory how long a delivered or cancelled deadline is remembered; longer than it can take until the event that has
 *     scheduled it is handled for the last time
 * @param threads the number of concurrent deliveries of a node
 */
public record DeadlineSettings(
        String group, String node, Duration lease, Duration sweep, Duration recovery, Duration memory, int threads) {

    public DeadlineSettings {
        if (lease.toSeconds() < 2) {
            throw new IllegalArgumentException("A lease is at least 2 s: " + lease);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("At least one thread delivers deadlines: " + threads);
        }
    }

    /** The defaults: lease 30 s, sweeps every second, recovery every 10 s, memory 7 days, 4 threads. */
    public DeadlineSettings(String group, String node) {
        this(group, node, Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofDays(7), 4);
    }
}
