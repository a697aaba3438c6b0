package io.metachat.embedded.eventstoredb.internal.commit;

import io.metachat.embedded.eventstoredb.internal.rules.ExpectedRevision;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rules for one stream once more, in the plainest words: a list of ids, two limits and a tombstone. Written from the
 * description of EventStoreDB's behaviour and not from the engine, so that the two can be compared.
 */
final class ModelStream {

    private final List<UUID> ids = new ArrayList<>();
    private final Set<UUID> rememberedIds;
    private boolean tombstoned;
    private boolean hasMetadata;
    private @Nullable Long truncateBefore;
    private @Nullable Long maxCount;

    /** @param rememberedIds of every stream, since the last restart */
    ModelStream(Set<UUID> rememberedIds) {
        this.rememberedIds = rememberedIds;
    }

    /** @return what the answer says, without the position */
    String append(ExpectedRevision expected, List<UUID> events) {
        if (tombstoned) {
            return "deleted";
        }
        if (expected instanceof ExpectedRevision.StreamExists) {
            if (isSoftDeleted()) {
                return "deleted";
            }
            if (ids.isEmpty() && !hasMetadata) {
                return wrong();
            }
        }
        boolean any = expected instanceof ExpectedRevision.Any || expected instanceof ExpectedRevision.StreamExists;
        if (events.isEmpty()) {
            return any || expected.number() == last() ? "nothing at " + last() : wrong();
        }
        return any ? appendAnywhere(events) : appendAt(expected.number(), events);
    }

    String softDelete(ExpectedRevision expected) {
        if (tombstoned) {
            return "deleted";
        }
        if (ids.isEmpty() && !hasMetadata) {
            return wrong();
        }
        String refusal = refusalOfDeletion(expected);
        if (refusal != null) {
            return refusal;
        }
        truncateBefore = Long.MAX_VALUE;
        hasMetadata = true;
        return "written";
    }

    String tombstone(ExpectedRevision expected) {
        if (tombstoned) {
            return "deleted";
        }
        String refusal = refusalOfDeletion(expected);
        if (refusal != null) {
            return refusal;
        }
        tombstoned = true;
        return "written";
    }

    String setMetadata(@Nullable Long newMaxCount, @Nullable Long newTruncateBefore) {
        if (tombstoned) {
            return "deleted";
        }
        hasMetadata = true;
        maxCount = newMaxCount;
        truncateBefore = newTruncateBefore;
        return "written";
    }

    /** Revisions that a reader sees; null when it is told that there is no such stream. */
    @Nullable
    List<Long> visible() {
        if (ids.isEmpty() || isSoftDeleted()) {
            return null;
        }
        List<Long> revisions = new ArrayList<>();
        for (long revision = 0; revision <= last(); revision++) {
            boolean truncated = truncateBefore != null && revision < truncateBefore;
            boolean tooMany = maxCount != null && revision <= last() - maxCount;
            if (!truncated && !tooMany) {
                revisions.add(revision);
            }
        }
        return revisions;
    }

    boolean isTombstoned() {
        return tombstoned;
    }

    UUID idAt(long revision) {
        return ids.get((int) revision);
    }

    int size() {
        return ids.size();
    }

    private long last() {
        return ids.size() - 1L;
    }

    private boolean isSoftDeleted() {
        return truncateBefore != null && truncateBefore == Long.MAX_VALUE;
    }

    private String appendAnywhere(List<UUID> events) {
        List<UUID> known = events.stream()
                .takeWhile(id -> ids.contains(id) && rememberedIds.contains(id))
                .toList();
        if (known.isEmpty()) {
            return write(events);
        }
        return known.size() == events.size() ? "written at " + ids.lastIndexOf(events.get(events.size() - 1)) : wrong();
    }

    private String appendAt(long expected, List<UUID> events) {
        if (expected > last()) {
            return wrong();
        }
        if (expected == last()) {
            return write(events);
        }
        int from = (int) expected + 1;
        for (int number = 0; number < events.size(); number++) {
            boolean same = from + number < ids.size() && ids.get(from + number).equals(events.get(number));
            if (!same) {
                return number == 0 && expected == -1 && isSoftDeleted() ? write(events) : wrong();
            }
        }
        return "written at " + (expected + events.size());
    }

    private String write(List<UUID> events) {
        if (isSoftDeleted()) {
            truncateBefore = (long) ids.size();
        }
        ids.addAll(events);
        rememberedIds.addAll(events);
        return "written at " + last();
    }

    private @Nullable String refusalOfDeletion(ExpectedRevision expected) {
        if (expected instanceof ExpectedRevision.Any) {
            return null;
        }
        if (expected instanceof ExpectedRevision.StreamExists) {
            if (isSoftDeleted()) {
                return "deleted";
            }
            return ids.isEmpty() && !hasMetadata ? wrong() : null;
        }
        boolean startsAgain = expected.number() == -1 && isSoftDeleted();
        return startsAgain || expected.number() == last() ? null : wrong();
    }

    private String wrong() {
        return "wrong at " + last();
    }
}
