package io.metachat.benchmarks.measurement;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The cost of a number of operations.
 *
 * @param operations their number
 * @param wall elapsed time
 * @param client processor time of this process
 * @param server processor time of the server
 */
record Cost(long operations, Duration wall, Duration client, Duration server) {

    static Cost of(Supplier<Duration> serverCpu, Work work) throws Exception {
        Duration server = serverCpu.get();
        Duration client = clientCpu();
        long start = System.nanoTime();
        long operations = work.run();
        return new Cost(
                operations,
                Duration.ofNanos(System.nanoTime() - start),
                clientCpu().minus(client),
                serverCpu.get().minus(server));
    }

    double perSecond() {
        return operations * 1e9 / wall.toNanos();
    }

    double clientMicros() {
        return client.toNanos() / 1e3 / operations;
    }

    double serverMicros() {
        return server.toNanos() / 1e3 / operations;
    }

    /** Returns the middle value; of an even number, the higher of the two. */
    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static Duration clientCpu() {
        return Duration.ofNanos(ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime());
    }
}
