package io.metachat.diary.entry;

import com.google.protobuf.ByteString;
import io.metachat.diary.entry.LiveEntry.Analysed;
import io.metachat.diary.snapshot.UuidBytes;
import io.metachat.domain.EntryId;
import io.metachat.proto.diary.snapshot.DeletedEntries;
import io.metachat.proto.diary.snapshot.DiaryState;
import io.metachat.proto.diary.snapshot.Entries;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The live entries of one diary. It takes about 40 bytes an entry in snapshots, so that a diary of 10,000
 * entries loads in milliseconds. Not safe for concurrent use, as an aggregate is not.
 */
public final class EntryIndex {

    private final Map<EntryId, LiveEntry> entries = new HashMap<>();

    /** Where the entries that are deleted by now were written: their ids are never used again. */
    private final Map<EntryId, Long> deleted = new HashMap<>();

    private int inProfile;

    public Optional<LiveEntry> find(EntryId id) {
        return Optional.ofNullable(entries.get(id));
    }

    public void put(EntryId id, LiveEntry entry) {
        forget(entries.put(id, entry));
        if (entry.inProfile()) {
            inProfile++;
        }
    }

    /** Removes a deleted entry; its id stays known. */
    public void remove(EntryId id) {
        LiveEntry entry = entries.remove(id);
        if (entry != null) {
            forget(entry);
            deleted.put(id, entry.writtenSequence());
        }
    }

    /** Returns where in the diary's stream the entry was written, also when it is deleted by now. */
    public OptionalLong writtenAt(EntryId id) {
        LiveEntry entry = entries.get(id);
        Long sequence = entry == null ? deleted.get(id) : Long.valueOf(entry.writtenSequence());
        return sequence == null ? OptionalLong.empty() : OptionalLong.of(sequence);
    }

    public int size() {
        return entries.size();
    }

    /** How many entries' moods count in the profile. */
    public int inProfile() {
        return inProfile;
    }

    private void forget(@Nullable LiveEntry entry) {
        if (entry != null && entry.inProfile()) {
            inProfile--;
        }
    }

    /** Writes the state for a snapshot. */
    public void save(DiaryState.Builder state) {
        Entries.Builder columns = Entries.newBuilder().setIds(ids(entries.keySet()));
        Map<String, Integer> models = new LinkedHashMap<>();
        entries.values().forEach(entry -> {
            columns.addRevisions(entry.revision())
                    .addWrittenSequences(entry.writtenSequence())
                    .addContentOffsets(entry.contentSequence() - entry.writtenSequence())
                    .addWrittenAt(entry.writtenAt().toEpochMilli())
                    .addInProfile(entry.inProfile());
            Analysed analysis = entry.analysis();
            columns.addAnalysedBy(
                    analysis == null ? 0 : 1 + models.computeIfAbsent(analysis.modelVersion(), name -> models.size()));
            columns.addAnalysedAfter(
                    analysis == null
                            ? 0
                            : analysis.analysedAt().toEpochMilli()
                                    - entry.writtenAt().toEpochMilli());
        });
        state.setEntries(columns.addAllModels(models.keySet()));
        state.setDeletedEntries(
                DeletedEntries.newBuilder().setIds(ids(deleted.keySet())).addAllWrittenSequences(deleted.values()));
    }

    /** @throws RuntimeException when the columns do not fit together */
    public static EntryIndex restore(DiaryState state) {
        EntryIndex index = new EntryIndex();
        Entries columns = state.getEntries();
        List<UUID> ids = UuidBytes.read(columns.getIds());
        for (int row = 0; row < ids.size(); row++) {
            index.put(new EntryId(ids.get(row)), entry(columns, row));
        }
        requireWhole(ids.size(), columns.getRevisionsCount(), index.entries.size());
        DeletedEntries gone = state.getDeletedEntries();
        List<UUID> deletedIds = UuidBytes.read(gone.getIds());
        for (int row = 0; row < deletedIds.size(); row++) {
            index.deleted.put(new EntryId(deletedIds.get(row)), gone.getWrittenSequences(row));
        }
        requireWhole(deletedIds.size(), gone.getWrittenSequencesCount(), index.deleted.size());
        return index;
    }

    private static LiveEntry entry(Entries columns, int row) {
        Instant writtenAt = Instant.ofEpochMilli(columns.getWrittenAt(row));
        long written = columns.getWrittenSequences(row);
        int model = columns.getAnalysedBy(row);
        return new LiveEntry(
                columns.getRevisions(row),
                written,
                written + columns.getContentOffsets(row),
                writtenAt,
                columns.getInProfile(row),
                model == 0
                        ? null
                        : new Analysed(
                                columns.getModels(model - 1), writtenAt.plusMillis(columns.getAnalysedAfter(row))));
    }

    private static void requireWhole(int ids, int values, int distinct) {
        if (ids != values || ids != distinct) {
            throw new IllegalStateException("The columns of the snapshot do not fit together");
        }
    }

    private static ByteString ids(Set<EntryId> ids) {
        return UuidBytes.of(ids.stream().map(EntryId::value).toList());
    }
}
