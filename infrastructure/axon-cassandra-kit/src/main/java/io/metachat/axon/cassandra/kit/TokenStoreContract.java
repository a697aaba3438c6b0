package io.metachat.axon.cassandra.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.UnableToInitializeTokenException;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract of a {@link TokenStore} that several nodes share, with explicit initialization of segments. It covers Axon's
 * contract, including each case of the tests of Axon's own JDBC store. Where Axon leaves a case open, it demands what
 * prevents a paused node from overwriting another node's progress.
 *
 * <p>Each group of tests states what it does not assert.
 */
public abstract class TokenStoreContract {

    private static final TrackingToken AT_5 = new GlobalSequenceTrackingToken(5);
    private static final TrackingToken AT_9 = new GlobalSequenceTrackingToken(9);

    private String processor;
    private TokenStore here;
    private TokenStore there;

    /**
     * Returns a store for one node; all of them have the storage in common, and the claim timeout {@link #claimTimeout()}.
     */
    protected abstract TokenStore storeOf(String node);

    /** The stores' claim timeout; short, since tests wait for it. */
    protected abstract Duration claimTimeout();

    @BeforeEach
    void openStores() {
        processor = "processor-" + UUID.randomUUID();
        here = storeOf("here");
        there = storeOf("there");
    }

    @AfterEach
    void rollBackLeftovers() {
        UnitsOfWork.rollBackLeftovers();
    }

    /**
     * The segments of a processor: they are initialized explicitly and once, and each has a token.
     *
     * <p>Not asserted: which node's tokens win when several initialize at the same time, the order of what a failed call has
     * read, and how many segments a store can hold.
     */
    @Nested
    class Segments {

        @Test
        void shouldAskForExplicitInitialization() {
            assertThat(here.requiresExplicitSegmentInitialization()).isTrue();
        }

        @Test
        void shouldKnowNoSegmentsOfAnUnknownProcessor() {
            here.initializeTokenSegments(processor + "-known", 1);

            assertThat(here.fetchSegments(processor + "-known")).hasSize(1);
            assertThat(here.fetchSegments(processor)).isEmpty();
            assertThat(here.fetchAvailableSegments(processor)).isEmpty();
        }

        @Test
        void shouldInitializeSegmentsWithoutClaimingThem() {
            here.initializeTokenSegments(processor, 7);

            assertThat(here.fetchSegments(processor)).containsExactly(0, 1, 2, 3, 4, 5, 6);
            assertThat(there.fetchAvailableSegments(processor)).hasSize(7);
            assertThat(there.fetchToken(processor, 3)).isNull();
        }

        @Test
        void shouldInitializeSegmentsAtAToken() {
            here.initializeTokenSegments(processor, 3, AT_5);

            assertThat(there.fetchToken(processor, 0)).isEqualTo(AT_5);
            assertThat(there.fetchToken(processor, 1)).isEqualTo(AT_5);
            assertThat(there.fetchToken(processor, 2)).isEqualTo(AT_5);
        }

        @Test
        void shouldRefuseToInitializeAgainAndChangeNothing() {
            here.initializeTokenSegments(processor, 2, AT_5);

            assertThatExceptionOfType(UnableToClaimTokenException.class)
                    .isThrownBy(() -> there.initializeTokenSegments(processor, 4, AT_9));
            assertThat(there.fetchSegments(processor)).containsExactly(0, 1);
            assertThat(there.fetchToken(processor, 1)).isEqualTo(AT_5);
        }

        @Test
        void shouldLetOneOfManyInitializeAtOnce() throws Exception {
            List<Boolean> done = concurrently(
                    8,
                    node -> attempt(() -> storeOf(node)
                            .initializeTokenSegments(
                                    processor, 4, new GlobalSequenceTrackingToken(node.hashCode() & 0xff))));

            assertThat(done).containsOnlyOnce(true);
            assertThat(here.fetchSegments(processor)).containsExactly(0, 1, 2, 3);
        }

        @Test
        void shouldInitializeOneMoreSegmentOnceOnly() {
            here.initializeTokenSegments(processor, 1);

            here.initializeSegment(AT_9, processor, 1);

            assertThat(there.fetchToken(processor, 1)).isEqualTo(AT_9);
            assertThatExceptionOfType(UnableToInitializeTokenException.class)
                    .isThrownBy(() -> there.initializeSegment(AT_5, processor, 1));
        }

        @Test
        void shouldNotFetchASegmentThatWasNeverInitialized() {
            assertThatExceptionOfType(UnableToClaimTokenException.class)
                    .isThrownBy(() -> here.fetchToken(processor, 0));
            assertThat(here.fetchSegments(processor)).isEmpty();
        }

        @Test
        void shouldFetchBySegment() {
            here.initializeTokenSegments(processor, 4, AT_5);

            assertThat(here.fetchToken(processor, Segment.computeSegment(1, 0, 1, 2, 3)))
                    .isEqualTo(AT_5);
            assertThat(here.fetchToken(processor, Segment.computeSegment(0, 0, 1, 2, 3)))
                    .isEqualTo(AT_5);
        }

        @Test
        void shouldFetchTheOnlySegment() {
            here.initializeTokenSegments(processor, 1, AT_5);

            assertThat(here.fetchToken(processor, Segment.ROOT_SEGMENT)).isEqualTo(AT_5);
        }

        @Test
        void shouldKeepProcessorsApart() {
            String other = processor + "-other";
            here.initializeTokenSegments(processor, 1, AT_5);
            here.initializeTokenSegments(other, 2, AT_9);

            assertThat(here.fetchToken(processor, 0)).isEqualTo(AT_5);
            assertThat(there.fetchToken(other, 0)).isEqualTo(AT_9);
            assertThat(there.fetchSegments(processor)).containsExactly(0);
        }

        @Test
        void shouldNameTheStorageTheSameOnEveryNode() {
            assertThat(here.retrieveStorageIdentifier()).isPresent().isEqualTo(there.retrieveStorageIdentifier());
        }
    }

    /**
     * The tokens that the owner of a segment stores.
     *
     * <p>Not asserted: that a token only moves forward (a reset moves it back), what a store does outside a processor's batch
     * while a transaction of its own is open, and how a serializer writes a token.
     */
    @Nested
    class Progress {

        @Test
        void shouldNotStoreForASegmentThatWasNeverInitialized() {
            assertThatExceptionOfType(UnableToClaimTokenException.class)
                    .isThrownBy(() -> here.storeToken(AT_5, processor, 0));
        }

        @Test
        void shouldFetchWhatWasStored() {
            here.initializeTokenSegments(processor, 1);
            here.fetchToken(processor, 0);
            here.storeToken(AT_5, processor, 0);
            assertThat(here.fetchToken(processor, 0)).isEqualTo(AT_5);

            here.storeToken(AT_9, processor, 0);
            assertThat(here.fetchToken(processor, 0)).isEqualTo(AT_9);
        }

        @Test
        void shouldStoreNoTokenAsNoToken() {
            here.initializeTokenSegments(processor, 1, AT_5);
            assertThat(here.fetchToken(processor, 0)).isEqualTo(AT_5);
            here.storeToken(null, processor, 0);

            assertThat(here.fetchToken(processor, 0)).isNull();
        }

        @Test
        void shouldStoreWrappedTokens() {
            TrackingToken replay = ReplayToken.createReplayToken(AT_9, AT_5, "context");
            TrackingToken merged = MergedTrackingToken.merged(AT_5, AT_9);
            here.initializeTokenSegments(processor, 2);
            here.fetchToken(processor, 0);
            here.storeToken(replay, processor, 0);
            here.fetchToken(processor, 1);
            here.storeToken(merged, processor, 1);

            assertThat(here.fetchToken(processor, 0)).isEqualTo(replay);
            assertThat(here.fetchToken(processor, 1)).isEqualTo(merged);
        }

        @Test
        void shouldStoreAfterEverythingElseThatABatchPrepares() {
            here.initializeTokenSegments(processor, 1, AT_5);
            here.fetchToken(processor, 0);
            List<TrackingToken> seen = new ArrayList<>();

            UnitOfWork<?> batch = UnitsOfWork.startBatch(processor, 0);
            batch.onPrepareCommit(unitOfWork -> here.storeToken(AT_9, processor, 0));
            batch.onPrepareCommit(unitOfWork -> seen.add(here.fetchToken(processor, 0)));
            batch.commit();

            assertThat(seen).containsExactly(AT_5);
            assertThat(here.fetchToken(processor, 0)).isEqualTo(AT_9);
        }

        @Test
        void shouldRollABatchBackWhoseClaimHasBeenStolen() {
            here.initializeTokenSegments(processor, 1, AT_5);
            here.fetchToken(processor, 0);
            here.releaseClaim(processor, 0);
            there.fetchToken(processor, 0);
            List<Throwable> causes = new ArrayList<>();

            UnitOfWork<?> batch = UnitsOfWork.startBatch(processor, 0);
            batch.onPrepareCommit(unitOfWork -> here.storeToken(AT_9, processor, 0));
            batch.onRollback(
                    unitOfWork -> causes.add(unitOfWork.getExecutionResult().getExceptionResult()));

            assertThatExceptionOfType(UnableToClaimTokenException.class).isThrownBy(batch::commit);
            assertThat(causes).hasSize(1).first().isInstanceOf(UnableToClaimTokenException.class);
            assertThat(there.fetchToken(processor, 0)).isEqualTo(AT_5);
        }
    }

    /**
     * The claim of a segment: one owner at a time, until the owner releases it or the claim timeout ends.
     *
     * <p>Not asserted: which of several nodes wins a claim, fairness between them, that a claim ends at the exact timeout (it may
     * take up to two seconds longer), and anything about clocks that disagree.
     */
    @Nested
    class Claims {

        @Test
        void shouldNotFetchWhatAnotherHasClaimed() {
            here.initializeTokenSegments(processor, 1);
            here.fetchToken(processor, 0);

            assertThatExceptionOfType(UnableToClaimTokenException.class)
                    .isThrownBy(() -> there.fetchToken(processor, 0));
        }

        @Test
        void shouldNotStoreExtendOrDeleteWhatAnotherHasClaimed() {
            here.initializeTokenSegments(processor, 1, AT_5);
            here.fetchToken(processor, 0);

            assertThatExceptionOfType(UnableToClaimTokenException.class)
                    .isThrownBy(() -> there.storeToken(AT_9, processor, 0));
            assertThatExceptionOfType(UnableToClaimTokenException.class)
                    .isThrownBy(() -> there.extendClaim(processor, 0));
            assertThatExceptionOfType(UnableToClaimTokenException.class)
                    .isThrownBy(() -> there.deleteToken(processor, 0));
            assertThat(here.fetchToken(processor, 0)).isEqualTo(AT_5);
        }

        @Test
        void shouldNotReleaseWhatAnotherHasClaimed() {
            here.initializeTokenSegments(processor, 1);
            here.fetchToken(processor, 0);

            there.releaseClaim(processor, 0);

            assertThatNoException().isThrownBy(() -> here.extendClaim(processor, 0));
            assertThatExceptionOfType(UnableToClaimTokenException.class)
                    .isThrownBy(() -> there.fetchToken(processor, 0));
        }

        @Test
        void shouldLetAnotherClaimWhatWasReleased() {
            here.initializeTokenSegments(processor, 1);
            here.fetchToken(processor, 0);
            here.storeToken(AT_5, processor, 0);
            here.releaseClaim(processor, 0);

            assertThat(there.fetchToken(processor, 0)).isEqualTo(AT_5);
            assertThatExceptionOfType(UnableToClaimTokenException.class)
                    .isThrownBy(() -> here.storeToken(AT_9, processor, 0));
        }

        @Test
        void shouldIgnoreTheReleaseOfWhatIsNotClaimed() {
            here.initializeTokenSegments(processor, 1, AT_5);

            here.releaseClaim(processor, 0);

            assertThat(there.fetchToken(processor, 0)).isEqualTo(AT_5);
        }

        @Test
        void shouldLetAnotherClaimWhatWasNotExtendedInTime() throws Exception {
            here.initializeTokenSegments(processor, 1);
            here.fetchToken(processor, 0);
            here.storeToken(AT_5, processor, 0);

            assertThat(claimedWithin(claimTimeout().plusSeconds(2))).isEqualTo(AT_5);
            assertThatExceptionOfType(UnableToClaimTokenException.class)
                    .isThrownBy(() -> here.storeToken(AT_9, processor, 0));
            assertThat(there.fetchToken(processor, 0)).isEqualTo(AT_5);
        }

        @Test
        void shouldNotStoreOverAnothersProgressAfterTheClaimHasEnded() throws Exception {
            here.initializeTokenSegments(processor, 1);
            here.fetchToken(processor, 0);
            claimedWithin(claimTimeout().plusSeconds(2));
            there.storeToken(AT_9, processor, 0);
            there.releaseClaim(processor, 0);

            assertThatExceptionOfType(UnableToClaimTokenException.class)
                    .isThrownBy(() -> here.storeToken(AT_5, processor, 0));
            assertThat(there.fetchToken(processor, 0)).isEqualTo(AT_9);
        }

        @Test
        void shouldKeepAClaimThatIsExtendedOrStored() {
            here.initializeTokenSegments(processor, 2);
            here.fetchToken(processor, 0);
            here.fetchToken(processor, 1);
            Instant end = Instant.now().plus(claimTimeout().multipliedBy(2));
            do {
                here.extendClaim(processor, 0);
                here.storeToken(AT_5, processor, 1);
                assertThatExceptionOfType(UnableToClaimTokenException.class)
                        .isThrownBy(() -> there.fetchToken(processor, 0));
                assertThatExceptionOfType(UnableToClaimTokenException.class)
                        .isThrownBy(() -> there.fetchToken(processor, 1));
            } while (Instant.now().isBefore(end));
        }

        @Test
        void shouldShowAsAvailableWhatNoOtherHasClaimed() {
            here.initializeTokenSegments(processor, 4);
            here.fetchToken(processor, 1);
            there.fetchToken(processor, 2);

            assertThat(here.fetchAvailableSegments(processor))
                    .extracting(Segment::getSegmentId)
                    .containsExactly(0, 1, 3);
            assertThat(there.fetchAvailableSegments(processor))
                    .extracting(Segment::getSegmentId)
                    .containsExactly(0, 2, 3);
            assertThat(here.fetchAvailableSegments(processor))
                    .extracting(Segment::getMask)
                    .containsOnly(3);
        }

        @Test
        void shouldLetOneOfManyClaim() throws Exception {
            here.initializeTokenSegments(processor, 1);

            List<Boolean> claimed =
                    concurrently(8, node -> attempt(() -> storeOf(node).fetchToken(processor, 0)));

            assertThat(claimed).containsOnlyOnce(true);
        }
    }

    /**
     * Splits, merges and deletions: a node with an outdated segment is refused, and no position is lost.
     *
     * <p>Not asserted: merges of segments that are not each other's halves, two nodes that merge the same segments at the same
     * time, and that a store keeps the token of a segment that is deleted without a counterpart.
     */
    @Nested
    class Merges {

        @ParameterizedTest
        @ValueSource(ints = {0, 1})
        void shouldNotFetchASegmentThatHasBeenSplit(int segment) {
            here.initializeTokenSegments(processor, 2);
            Segment whole = Segment.computeSegment(segment, 0, 1);
            here.initializeSegment(AT_5, processor, whole.splitSegmentId());

            assertThatExceptionOfType(UnableToClaimTokenException.class)
                    .isThrownBy(() -> here.fetchToken(processor, whole));
            assertThatNoException().isThrownBy(() -> there.fetchToken(processor, segment));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1})
        void shouldNotFetchASegmentThatHasBeenMerged(int segment) {
            here.initializeTokenSegments(processor, 2);
            Segment half = Segment.computeSegment(segment, 0, 1);
            here.fetchToken(processor, half.mergeableSegmentId());
            here.deleteToken(processor, half.mergeableSegmentId());

            assertThatExceptionOfType(UnableToClaimTokenException.class)
                    .isThrownBy(() -> here.fetchToken(processor, half));
            assertThatNoException().isThrownBy(() -> there.fetchToken(processor, segment));
        }

        @Test
        void shouldDeleteWhatIsClaimedHere() {
            here.initializeTokenSegments(processor, 2);
            here.fetchToken(processor, 1);

            here.deleteToken(processor, 1);

            assertThat(there.fetchSegments(processor)).containsExactly(0);
            assertThatExceptionOfType(UnableToClaimTokenException.class)
                    .isThrownBy(() -> there.fetchToken(processor, 1));
        }

        @Test
        void shouldNotDeleteWhatIsNotClaimed() {
            here.initializeTokenSegments(processor, 2);

            assertThatExceptionOfType(UnableToClaimTokenException.class)
                    .isThrownBy(() -> here.deleteToken(processor, 1));
            assertThat(here.fetchSegments(processor)).containsExactly(0, 1);
        }

        @Test
        void shouldBeginAnewAfterADelete() {
            here.initializeTokenSegments(processor, 2);
            here.fetchToken(processor, 1);
            here.storeToken(AT_9, processor, 1);
            here.deleteToken(processor, 1);

            there.initializeSegment(AT_5, processor, 1);

            assertThat(there.fetchToken(processor, 1)).isEqualTo(AT_5);
        }

        @Test
        void shouldMergeAsAProcessorDoes() {
            here.initializeTokenSegments(processor, 2);
            here.fetchToken(processor, 0);
            here.storeToken(AT_9, processor, 0);
            here.fetchToken(processor, 1);
            here.storeToken(AT_5, processor, 1);

            TrackingToken merged = MergedTrackingToken.merged(AT_9, AT_5);
            here.deleteToken(processor, 1);
            here.storeToken(merged, processor, 0);
            here.releaseClaim(processor, 0);

            assertThat(there.fetchToken(processor, Segment.ROOT_SEGMENT)).isEqualTo(merged);
            there.storeToken(AT_9, processor, 0);
            assertThat(there.fetchToken(processor, 0)).isEqualTo(AT_9);
        }

        @Test
        void shouldLoseNoPositionWhenAMergeIsNotCompleted() {
            here.initializeTokenSegments(processor, 2);
            here.fetchToken(processor, 0);
            here.storeToken(AT_9, processor, 0);
            here.fetchToken(processor, 1);
            here.storeToken(AT_5, processor, 1);
            here.deleteToken(processor, 1);
            here.releaseClaim(processor, 0);

            assertThat(there.fetchToken(processor, 0)).isEqualTo(MergedTrackingToken.merged(AT_9, AT_5));
            there.storeToken(AT_9, processor, 0);
            there.releaseClaim(processor, 0);
            assertThat(here.fetchToken(processor, 0)).isEqualTo(AT_9);
        }
    }

    private TrackingToken claimedWithin(Duration limit) throws InterruptedException {
        Instant end = Instant.now().plus(limit);
        while (true) {
            try {
                return there.fetchToken(processor, 0);
            } catch (UnableToClaimTokenException e) {
                if (Instant.now().isAfter(end)) {
                    throw e;
                }
            }
        }
    }

    private static boolean attempt(Runnable action) {
        try {
            action.run();
            return true;
        } catch (UnableToClaimTokenException e) {
            return false;
        }
    }

    private interface NodeAction {
        boolean run(String node);
    }

    private static List<Boolean> concurrently(int nodes, NodeAction action) throws Exception {
        return Concurrently.run(IntStream.range(0, nodes)
                .<Callable<Boolean>>mapToObj(node -> () -> action.run("node-" + node))
                .toList());
    }
}
