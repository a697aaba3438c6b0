package io.metachat.axon.cassandra.token;

import com.datastax.oss.driver.api.core.cql.Row;
import io.metachat.axon.cassandra.CassandraStorage;
import io.metachat.axon.cassandra.CassandraUnavailableException;
import io.metachat.axon.cassandra.connection.Conditional;
import io.metachat.axon.cassandra.connection.Serialization;
import io.metachat.axon.cassandra.connection.Serialization.Serialized;
import io.metachat.axon.cassandra.processor.AxonInternals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.UnableToInitializeTokenException;
import org.axonframework.eventhandling.tokenstore.UnableToRetrieveIdentifierException;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the progress of streaming event processors in Cassandra.
 *
 * <p><b>Claims.</b> The owner of a segment is a cell with a time to live, written by a lightweight transaction that requires the cell
 * to be empty or to name the same node. So the servers alone decide who owns a segment: a claim ends by the servers' clocks, and
 * clients' clocks have no influence. Storing and extending require the cell to name this node and renew it, with one lightweight
 * transaction in one round trip. A node whose claim has ended, because it was paused for longer than the claim timeout, fails at its
 * next store with {@link UnableToClaimTokenException}, even when no other node has claimed the segment since. Storing never recovers
 * a lost claim. The servers' clocks must agree within a small part of the claim timeout, which Cassandra requires anyway.
 *
 * <p><b>When a token is stored.</b> Axon's processors store the token first in the unit of work's prepare phase, which is correct only
 * within a transaction that spans everything. Sagas are saved and events appended later in the same phase, and a crash in between
 * would lose them. This store therefore writes in the commit phase, after all of that; a failure still rolls the unit of work back.
 * Events are handled at least once.
 *
 * <p><b>Segments</b> must be initialized explicitly, each exactly once. The lightweight transaction that removes a segment hands its
 * token over to the segment that it is merged with, so a crash during a merge loses no position.
 *
 * <p>Thread-safe.
 */
public class CassandraTokenStore implements TokenStore {

    private final TokenTables tables;
    private final Serialization serialization;
    private final String node;

    /** Deletions by this node whose token the merged segment's next store here includes. */
    private final Map<SegmentKey, UUID> handovers = new ConcurrentHashMap<>();

    private record SegmentKey(String processor, int segment) {}

    /**
     * Creates a store.
     *
     * @param storage where
     * @param serializer of tokens
     * @param claimTimeout how long a claim lasts without being renewed; whole seconds, for Cassandra's times to live
     *     are, and at least 2, for up to one is lost to rounding
     * @param node the name of this node in claims, different from that of every other node that runs the same processors
     */
    public CassandraTokenStore(CassandraStorage storage, Serializer serializer, Duration claimTimeout, String node) {
        if (claimTimeout.toSeconds() < 2 || !claimTimeout.equals(Duration.ofSeconds(claimTimeout.toSeconds()))) {
            throw new IllegalArgumentException(
                    "A claim timeout is a whole number of seconds, and at least 2: " + claimTimeout);
        }
        this.tables = new TokenTables(storage, Math.toIntExact(claimTimeout.toSeconds()), node);
        this.serialization = new Serialization(serializer);
        this.node = node;
    }

    @Override
    public boolean requiresExplicitSegmentInitialization() {
        return true;
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount) {
        initializeTokenSegments(processorName, segmentCount, null);
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount, @Nullable TrackingToken initialToken) {
        if (!add(initialToken, processorName, IntStream.range(0, segmentCount))) {
            throw new UnableToClaimTokenException(
                    "Processor [%s] has segments already, so none was initialized".formatted(processorName));
        }
    }

    @Override
    public void initializeSegment(@Nullable TrackingToken token, String processorName, int segment) {
        if (!add(token, processorName, IntStream.of(segment))) {
            throw new UnableToInitializeTokenException(
                    "Processor [%s] has segment [%d] already".formatted(processorName, segment));
        }
    }

    /** Adds all the segments or none. */
    private boolean add(@Nullable TrackingToken token, String processor, IntStream segments) {
        UUID incarnation = UUID.randomUUID();
        Conditional added = tables.addSegments(processor, segments, incarnation, serialization.write(token));
        return added.applied()
                || added.repeated()
                        && tables.segments(processor).stream()
                                .anyMatch(row -> incarnation.equals(row.getUuid("incarnation")));
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processorName, int segment) {
        return claim(processorName, segment, known -> {});
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processorName, Segment segment) {
        return claim(processorName, segment.getSegmentId(), known -> {
            long relatives = IntStream.of(segment.splitSegmentId(), segment.mergeableSegmentId())
                    .distinct()
                    .filter(known::contains)
                    .count();
            if (relatives != 1) {
                throw new UnableToClaimTokenException("Segment [%d] of processor [%s] has been %s another segment"
                        .formatted(
                                segment.getSegmentId(),
                                processorName,
                                relatives == 0 ? "merged with" : "split into it and"));
            }
        });
    }

    private interface SegmentCheck {
        void check(List<Integer> known);
    }

    private @Nullable TrackingToken claim(String processor, int segment, SegmentCheck check) {
        Conditional claimed = tables.claim(processor, segment);
        if (!claimed.applied()) {
            throw new UnableToClaimTokenException("Segment [%d] of processor [%s] is claimed by [%s]"
                    .formatted(segment, processor, ownerIn(claimed)));
        }
        try {
            List<Row> known = tables.segments(processor);
            Row entry = find(known, segment)
                    .orElseThrow(() -> new UnableToClaimTokenException(
                            "Segment [%d] of processor [%s] has not been initialized".formatted(segment, processor)));
            check.check(known.stream().map(row -> row.getInt("segment")).toList());
            return current(processor, segment, entry);
        } catch (UnableToClaimTokenException e) {
            releaseClaim(processor, segment);
            throw e;
        }
    }

    /** Returns the token of a claimed segment, and writes it down where it is not yet in the token's own row. */
    private @Nullable TrackingToken current(String processor, int segment, Row entry) {
        UUID incarnation = entry.getUuid("incarnation");
        Row row = ofIncarnation(
                entry, find(tables.tokens(processor, List.of(segment)), segment).orElse(null));
        TrackingToken token =
                row == null ? serialization.read(entry, "initial_token") : serialization.read(row, "tracking_token");
        if (row == null) {
            requireApplied(
                    tables.begin(processor, segment, incarnation, serialization.write(token)), processor, segment);
        }
        UUID handover = entry.getUuid("handover");
        if (handover == null || row != null && handover.equals(row.getUuid("handover"))) {
            return token;
        }
        return takeOver(processor, segment, token, handover, serialization.read(entry, "handover_token"));
    }

    /** Completes a merge whose node stopped between deleting the one segment and storing the merged token. */
    private @Nullable TrackingToken takeOver(
            String processor, int segment, @Nullable TrackingToken own, UUID handover, @Nullable TrackingToken other) {
        handovers.put(new SegmentKey(processor, segment), handover);
        TrackingToken merged = MergedTrackingToken.merged(own, other);
        store(merged, processor, segment);
        return merged;
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processorName, int segment) {
        if (AxonInternals.isEndingBatch(processorName, segment)) {
            CurrentUnitOfWork.get().onCommit(unitOfWork -> store(token, processorName, segment));
        } else {
            store(token, processorName, segment);
        }
    }

    private void store(@Nullable TrackingToken token, String processor, int segment) {
        SegmentKey key = new SegmentKey(processor, segment);
        UUID handover = handovers.get(key);
        requireApplied(tables.store(processor, segment, serialization.write(token), handover), processor, segment);
        if (handover != null) {
            handovers.remove(key, handover);
        }
    }

    @Override
    public void extendClaim(String processorName, int segment) {
        requireApplied(tables.extend(processorName, segment), processorName, segment);
    }

    @Override
    public void releaseClaim(String processorName, int segment) {
        tables.release(processorName, segment);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The store checks and renews the claim, then removes the segment and hands its token over, then deletes the token's
     * row. Only a node that is paused for longer than the claim timeout between the first two steps can remove a segment
     * that another node has claimed since.
     */
    @Override
    public void deleteToken(String processorName, int segment) {
        extendClaim(processorName, segment);
        List<Row> known = tables.segments(processorName);
        Row entry = find(known, segment)
                .orElseThrow(() -> new UnableToClaimTokenException(
                        "Segment [%d] of processor [%s] does not exist".formatted(segment, processorName)));
        UUID incarnation = entry.getUuid("incarnation");
        Optional<Row> partner = partner(known, segment);
        if (partner.isPresent()) {
            UUID handover = UUID.randomUUID();
            int heir = partner.get().getInt("segment");
            Serialized token = serialization.write(current(processorName, segment, entry));
            UUID heirIncarnation = partner.get().getUuid("incarnation");
            requireGone(
                    tables.removeSegment(processorName, segment, incarnation, heir, heirIncarnation, handover, token),
                    processorName,
                    segment,
                    incarnation);
            handovers.put(new SegmentKey(processorName, heir), handover);
        } else {
            requireGone(tables.removeSegment(processorName, segment, incarnation), processorName, segment, incarnation);
        }
        tables.removeToken(processorName, segment);
    }

    private void requireGone(Conditional removed, String processor, int segment, UUID incarnation) {
        boolean gone = removed.applied()
                || removed.repeated()
                        && find(tables.segments(processor), segment)
                                .filter(row -> incarnation.equals(row.getUuid("incarnation")))
                                .isEmpty();
        if (!gone) {
            throw new UnableToClaimTokenException(
                    "The segments of processor [%s] have been changed by another node".formatted(processor));
        }
    }

    /** Returns the segment with which the given one would be merged; empty for the only one. */
    private static Optional<Row> partner(List<Row> known, int segment) {
        int[] ids = known.stream().mapToInt(row -> row.getInt("segment")).toArray();
        int mergeable = Segment.computeSegment(segment, ids).mergeableSegmentId();
        return mergeable == segment ? Optional.empty() : find(known, mergeable);
    }

    @Override
    public int[] fetchSegments(String processorName) {
        return tables.segments(processorName).stream()
                .mapToInt(row -> row.getInt("segment"))
                .toArray();
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processorName) {
        return progress(processorName).stream()
                .filter(progress ->
                        progress.owner().isEmpty() || progress.owner().get().equals(node))
                .map(SegmentProgress::segment)
                .toList();
    }

    @Override
    public Optional<String> retrieveStorageIdentifier() {
        try {
            return tables.storageIdentifier();
        } catch (CassandraUnavailableException e) {
            throw new UnableToRetrieveIdentifierException("The storage identifier cannot be read now", e);
        }
    }

    /**
     * Reads the progress of each segment of a processor, without a claim and with two reads, however many segments there
     * are.
     *
     * @param processorName the processor
     * @return its segments in order; empty when it has never been initialized
     */
    public List<SegmentProgress> progress(String processorName) {
        List<Row> known = tables.segments(processorName);
        if (known.isEmpty()) {
            return List.of();
        }
        int[] ids = known.stream().mapToInt(row -> row.getInt("segment")).toArray();
        Map<Integer, Row> tokens = tables
                .tokens(processorName, Arrays.stream(ids).boxed().toList())
                .stream()
                .collect(Collectors.toMap(row -> row.getInt("segment"), row -> row));
        List<SegmentProgress> progress = new ArrayList<>(ids.length);
        for (Row entry : known) {
            int id = entry.getInt("segment");
            Row row = tokens.get(id);
            progress.add(new SegmentProgress(
                    Segment.computeSegment(id, ids),
                    stored(entry, row),
                    Optional.ofNullable(row == null ? null : row.getString("owner"))));
        }
        return progress;
    }

    /**
     * Reads the position up to which a processor has handled every event, all its segments together.
     *
     * @param processorName the processor
     * @return the lowest of the segments' positions; empty while a segment has none
     */
    public OptionalLong lowestPosition(String processorName) {
        List<SegmentProgress> progress = progress(processorName);
        return progress.stream().allMatch(segment -> segment.position().isPresent())
                ? progress.stream()
                        .mapToLong(segment -> segment.position().getAsLong())
                        .min()
                : OptionalLong.empty();
    }

    /** Returns the row of a segment's progress, or {@code null} where it is that of an earlier incarnation. */
    private static @Nullable Row ofIncarnation(Row entry, @Nullable Row progress) {
        return progress != null && Objects.equals(entry.getUuid("incarnation"), progress.getUuid("incarnation"))
                ? progress
                : null;
    }

    private @Nullable TrackingToken stored(Row entry, @Nullable Row progress) {
        Row row = ofIncarnation(entry, progress);
        TrackingToken token =
                row == null ? serialization.read(entry, "initial_token") : serialization.read(row, "tracking_token");
        UUID handover = entry.getUuid("handover");
        return handover == null || row != null && handover.equals(row.getUuid("handover"))
                ? token
                : MergedTrackingToken.merged(token, serialization.read(entry, "handover_token"));
    }

    private static Optional<Row> find(List<Row> rows, int segment) {
        return rows.stream().filter(row -> row.getInt("segment") == segment).findFirst();
    }

    private void requireApplied(Conditional conditional, String processor, int segment) {
        if (!conditional.applied()) {
            throw new UnableToClaimTokenException("Segment [%d] of processor [%s] is not claimed by [%s] but by [%s]"
                    .formatted(segment, processor, node, ownerIn(conditional)));
        }
    }

    private static String ownerIn(Conditional refused) {
        return refused.found().stream()
                .filter(row -> row.getColumnDefinitions().contains("owner"))
                .map(row -> row.getString("owner"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("no one");
    }
}
