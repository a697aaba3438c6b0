package io.metachat.axon.cassandra.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.DeadLetterQueueOverflowException;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of a dead-letter queue that several nodes share. It completes {@code SequencedDeadLetterQueueTest}, the suite
 * of Axon's {@code axon-messaging} test jar, which knows one node only.
 *
 * <p>Not asserted: the exact number of sequences that a full queue holds (nodes may exceed the limit when they begin
 * sequences at the same time), the order of sequences in a listing, and which node processes a sequence first.
 */
public abstract class DeadLetterQueueContract {

    private String group;
    private SequencedDeadLetterQueue<EventMessage<?>> here;
    private SequencedDeadLetterQueue<EventMessage<?>> there;

    /** Returns the queue of a processing group for one node, with room for at least 100 sequences of exactly 20 letters. */
    protected abstract SequencedDeadLetterQueue<EventMessage<?>> queueOf(String processingGroup, String node);

    /** How long a claim of a sequence lasts; short, since a test waits for it. */
    protected abstract Duration claim();

    /** How long a test waits for the other of its nodes. */
    protected Duration patience() {
        return Duration.ofMinutes(1);
    }

    @BeforeEach
    void openQueues() {
        group = UUID.randomUUID().toString();
        here = queueOf(group, "here");
        there = queueOf(group, "there");
    }

    @Test
    void shouldKeepAllThatAnEventIs() {
        GenericDomainEventMessage<String> domain = new GenericDomainEventMessage<>(
                "Order",
                "o-1",
                7,
                "payload",
                Map.of("key", "value"),
                "event-1",
                Instant.parse("2024-01-02T03:04:05.678901Z"));
        here.enqueue("s", letter(new GenericTrackedDomainEventMessage<>(new GlobalSequenceTrackingToken(42), domain)));

        EventMessage<?> message = letters("s").get(0).message();
        assertThat(message).isInstanceOf(TrackedEventMessage.class).isInstanceOf(DomainEventMessage.class);
        assertThat(((TrackedEventMessage<?>) message).trackingToken()).isEqualTo(new GlobalSequenceTrackingToken(42));
        assertThat(((DomainEventMessage<?>) message).getType()).isEqualTo("Order");
        assertThat(((DomainEventMessage<?>) message).getAggregateIdentifier()).isEqualTo("o-1");
        assertThat(((DomainEventMessage<?>) message).getSequenceNumber()).isEqualTo(7);
        assertThat(message.getIdentifier()).isEqualTo("event-1");
        assertThat(message.getTimestamp()).isEqualTo(domain.getTimestamp());
        assertThat(message.getPayload()).isEqualTo("payload");
        assertThat(message.getMetaData()).containsEntry("key", "value");
    }

    @Test
    void shouldParkAMessageOnceHoweverOftenItComes() {
        DeadLetter<EventMessage<?>> first = letter(event("1"));
        DeadLetter<EventMessage<?>> second = letter(event("2"));
        here.enqueue("s", first);
        here.enqueueIfPresent("s", () -> second);

        there.enqueue("s", first);
        assertThat(there.enqueueIfPresent("s", () -> second)).isTrue();

        assertThat(payloads("s")).containsExactly("1", "2");
        assertThat(here.sequenceSize("s")).isEqualTo(2);
    }

    @Test
    void shouldParkInOrderWhatManyNodesParkAtOnce() throws Exception {
        List<Callable<Void>> nodes = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            SequencedDeadLetterQueue<EventMessage<?>> queue = queueOf(group, "node-" + node);
            String prefix = node + "-";
            nodes.add(() -> {
                for (int i = 0; i < 6; i++) {
                    queue.enqueue("s", letter(event(prefix + i)));
                }
                return null;
            });
        }
        Concurrently.run(nodes);

        List<String> parked = payloads("s");
        assertThat(parked).hasSize(18);
        for (int node = 0; node < 3; node++) {
            String prefix = node + "-";
            assertThat(parked.stream().filter(payload -> payload.startsWith(prefix)))
                    .isSorted();
        }
        assertThat(here.sequenceSize("s")).isEqualTo(18);
        assertThat(here.amountOfSequences()).isEqualTo(1);
    }

    @Test
    void shouldBoundASequenceExactlyWhenManyNodesFillIt() throws Exception {
        List<Callable<Integer>> nodes = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            SequencedDeadLetterQueue<EventMessage<?>> queue = queueOf(group, "node-" + node);
            nodes.add(() -> {
                int parked = 0;
                for (int i = 0; i < 9; i++) {
                    try {
                        queue.enqueue("s", letter(event("event")));
                        parked++;
                    } catch (DeadLetterQueueOverflowException e) {
                        assertThat(queue.isFull("s")).isTrue();
                    }
                }
                return parked;
            });
        }

        assertThat(Concurrently.run(nodes).stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(20);
        assertThat(here.sequenceSize("s")).isEqualTo(20);
        assertThatExceptionOfType(DeadLetterQueueOverflowException.class)
                .isThrownBy(() -> here.enqueueIfPresent("s", () -> letter(event("one more"))));
    }

    @Test
    void shouldProcessASequenceOnOneNodeAtATime() throws Exception {
        here.enqueue("s", letter(event("1")));
        here.enqueue("s", letter(event("2")));
        CountDownLatch processing = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(1);
        List<Object> handled = new CopyOnWriteArrayList<>();
        List<Boolean> results = Concurrently.run(List.of(
                () -> here.process(letter -> {
                    processing.countDown();
                    await(tried);
                    handled.add(letter.message().getPayload());
                    return Decisions.evict();
                }),
                () -> {
                    await(processing);
                    try {
                        return there.process(letter -> {
                            handled.add("there");
                            return Decisions.evict();
                        });
                    } finally {
                        tried.countDown();
                    }
                }));

        assertThat(results).containsExactly(true, false);
        assertThat(handled).containsExactly("1", "2");
        assertThat(here.contains("s")).isFalse();
        assertThat(here.amountOfSequences()).isZero();
    }

    @Test
    void shouldProcessOnAnotherNodeWhatADeadOneHasClaimed() throws Exception {
        here.enqueue("s", letter(event("1")));
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        List<Object> handled = new CopyOnWriteArrayList<>();
        List<Boolean> results = Concurrently.run(List.of(
                () -> here.process(letter -> {
                    claimed.countDown();
                    await(done);
                    return Decisions.evict();
                }),
                () -> {
                    await(claimed);
                    try {
                        return processWithin(claim().multipliedBy(5), handled);
                    } finally {
                        done.countDown();
                    }
                }));

        assertThat(results).containsExactly(false, true);
        assertThat(handled).containsExactly("1");
        assertThat(here.size()).isZero();
    }

    private boolean processWithin(Duration limit, List<Object> handled) {
        Instant end = Instant.now().plus(limit);
        boolean processed = false;
        while (!processed && Instant.now().isBefore(end)) {
            processed = there.process(letter -> {
                handled.add(letter.message().getPayload());
                return Decisions.evict();
            });
        }
        return processed;
    }

    @Test
    void shouldLoseNothingWhenALastLetterGoesWhileAnotherComes() throws Exception {
        List<Object> handled = new CopyOnWriteArrayList<>();
        List<Boolean> direct = new ArrayList<>();
        here.enqueue("s", letter(event("0")));
        Concurrently.run(List.of(
                () -> {
                    for (int i = 1; i <= 12; i++) {
                        String payload = Integer.toString(i);
                        direct.add(!here.enqueueIfPresent("s", () -> letter(event(payload))));
                    }
                    return null;
                },
                () -> {
                    for (int i = 0; i < 6; i++) {
                        there.process(letter -> {
                            handled.add(letter.message().getPayload());
                            return Decisions.evict();
                        });
                    }
                    return null;
                }));
        while (here.process(letter -> {
            handled.add(letter.message().getPayload());
            return Decisions.evict();
        })) {}

        long handledDirectly = direct.stream().filter(yes -> yes).count();
        assertThat(handled).doesNotHaveDuplicates().hasSize((int) (13 - handledDirectly));
        assertThat(handled.stream().map(payload -> Integer.parseInt((String) payload)))
                .isSorted();
        assertThat(here.amountOfSequences()).isZero();
        assertThat(here.size()).isZero();
    }

    @Test
    void shouldKeepALetterWhoseProcessingThrows() {
        here.enqueue("s", letter(event("1")));

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> here.process(letter -> {
                    throw new IllegalStateException("told to fail");
                }));

        assertThat(there.process(letter -> Decisions.evict())).isTrue();
    }

    @Test
    void shouldKeepProcessingGroupsApart() {
        SequencedDeadLetterQueue<EventMessage<?>> other =
                queueOf(UUID.randomUUID().toString(), "here");
        here.enqueue("s", letter(event("1")));

        assertThat(other.contains("s")).isFalse();
        assertThat(other.process(letter -> Decisions.evict())).isFalse();
        other.clear();
        assertThat(here.size()).isEqualTo(1);
    }

    private List<DeadLetter<? extends EventMessage<?>>> letters(String sequence) {
        return StreamSupport.stream(here.deadLetterSequence(sequence).spliterator(), false)
                .toList();
    }

    private List<String> payloads(String sequence) {
        return letters(sequence).stream()
                .map(letter -> (String) letter.message().getPayload())
                .toList();
    }

    private static EventMessage<?> event(String payload) {
        return GenericEventMessage.asEventMessage(payload);
    }

    private static DeadLetter<EventMessage<?>> letter(EventMessage<?> event) {
        return new GenericDeadLetter<>("s", event, new IllegalStateException("cause"));
    }

    private void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(patience().toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
