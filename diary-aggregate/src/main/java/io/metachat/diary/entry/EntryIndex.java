package io.metachat.diary.entry;

import io.metachat.diary.entry.LiveEntry.Analysed;
import io.metachat.diary.packed.PackedInput;
import io.metachat.diary.packed.PackedOutput;
import io.metachat.domain.EntryId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The live entries of one diary. It is packed into about 40 bytes an entry for snapshots, so that a diary of 10,000
 * entries loads in milliseconds. Not safe for concurrent use, as an aggregate is not.
 */
public final class EntryIndex {

    private final Map<EntryId, LiveEntry> entries = new HashMap<>();
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

    public void remove(EntryId id) {
        forget(entries.remove(id));
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

    public void pack(PackedOutput out) {
        out.number(entries.size());
        entries.forEach((id, entry) -> {
            out.uuid(id.value());
            out.number(entry.revision());
            out.number(entry.contentSequence());
            out.time(entry.writtenAt());
            out.flag(entry.inProfile());
            Analysed analysis = entry.analysis();
            out.flag(analysis != null);
            if (analysis != null) {
                out.word(analysis.modelVersion());
                out.time(analysis.analysedAt());
            }
        });
    }

    public static EntryIndex unpack(PackedInput in) {
        EntryIndex index = new EntryIndex();
        for (long left = in.number(); left > 0; left--) {
            index.put(
                    new EntryId(in.uuid()),
                    new LiveEntry(
                            (int) in.number(), in.number(), in.time(), in.flag(), in.flag() ? analysis(in) : null));
        }
        return index;
    }

    private static Analysed analysis(PackedInput in) {
        return new Analysed(in.word(), in.time());
    }
}
