package io.metachat.axon.cassandra.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.axon.cassandra.CassandraUnavailableException;
import io.metachat.axon.cassandra.TestStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * 32 nodes want 16 segments, and now and then one stops for longer than its claim. Whoever has a segment counts it up from
 * what it has read: if two had it at a time, one's count would overwrite the other's, and the sum would be too low. Beside that
 * an observer keeps a log of who had what when.
 */
class ClaimsUnderContentionIT {

    private static final int NODES = 32;
    private static final int SEGMENTS = 16;
    private static final Duration CLAIM = Duration.ofSeconds(2);

    @RegisterExtension
    static final TestStorage CASSANDRA = new TestStorage();

    private final AtomicIntegerArray stored = new AtomicIntegerArray(SEGMENTS);
    private final AtomicIntegerArray unknown = new AtomicIntegerArray(SEGMENTS);
    private final AtomicInteger refused = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);
    private final Queue<Hold> log = new ConcurrentLinkedQueue<>();

    /**
     * A time during which a node surely had a segment, by the clock that all of them share here.
     *
     * @param from when the answer to its claim had come
     * @param to when it sent the last request that was granted because of the claim
     */
    private record Hold(int segment, String node, long from, long to) {}

    @Test
    void shouldGiveEachSegmentToOneNodeAtATime() throws Exception {
        CassandraTokenStore first = store("first");
        first.initializeTokenSegments("contended", SEGMENTS, new GlobalSequenceTrackingToken(0));
        Instant end = Instant.now().plusSeconds(6);
        List<Callable<Void>> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            String name = "node-" + i;
            CassandraTokenStore node = store(name);
            Random random = new Random(i);
            nodes.add(() -> {
                while (Instant.now().isBefore(end)) {
                    work(name, node, random);
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(NODES);
        try {
            for (Future<Void> node : threads.invokeAll(nodes)) {
                node.get();
            }
        } finally {
            threads.shutdownNow();
        }

        int sum = 0;
        for (SegmentProgress progress : first.progress("contended")) {
            int segment = progress.segment().getSegmentId();
            long count = progress.position().orElseThrow();
            assertThat(count).isBetween((long) stored.get(segment), (long) stored.get(segment) + unknown.get(segment));
            sum += stored.get(segment);
        }
        assertThat(sum).isGreaterThan(SEGMENTS);
        assertThat(log).hasSizeGreaterThan(SEGMENTS);
        for (int segment = 0; segment < SEGMENTS; segment++) {
            assertThatNoTwoHave(segment);
        }
        assertThat(refused).hasPositiveValue();
    }

    private void assertThatNoTwoHave(int segment) {
        Hold before = null;
        for (Hold hold : log.stream()
                .filter(hold -> hold.segment() == segment)
                .sorted(Comparator.comparingLong(Hold::from))
                .toList()) {
            if (before != null) {
                assertThat(hold.from()).as("%s after %s", hold, before).isGreaterThan(before.to());
            }
            before = hold;
        }
    }

    private void work(String name, CassandraTokenStore node, Random random) throws InterruptedException {
        List<Segment> available = node.fetchAvailableSegments("contended");
        if (available.isEmpty()) {
            return;
        }
        int segment = available.get(random.nextInt(available.size())).getSegmentId();
        boolean unsure = false;
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        try {
            TrackingToken token = node.fetchToken("contended", segment);
            from = System.nanoTime();
            long count = token.position().orElseThrow();
            for (int i = 0; i < 3; i++) {
                if (random.nextInt(20) == 0) {
                    // As a stopped process is: no sign of life until the claim has ended.
                    never.await(CLAIM.plusMillis(300).toMillis(), TimeUnit.MILLISECONDS);
                }
                unsure = true;
                long sent = System.nanoTime();
                node.storeToken(new GlobalSequenceTrackingToken(++count), "contended", segment);
                unsure = false;
                to = sent;
                stored.incrementAndGet(segment);
            }
            node.releaseClaim("contended", segment);
        } catch (UnableToClaimTokenException e) {
            // A store whose first attempt timed out can have been made, and be refused when it is tried again.
            unknown.addAndGet(segment, unsure ? 1 : 0);
            refused.incrementAndGet();
        } catch (CassandraUnavailableException e) {
            unknown.addAndGet(segment, unsure ? 1 : 0);
        } finally {
            if (to > from) {
                log.add(new Hold(segment, name, from, to));
            }
        }
    }

    private static CassandraTokenStore store(String node) {
        return new CassandraTokenStore(CASSANDRA.storage(), TestStorage.serializer(), CLAIM, node);
    }
}
