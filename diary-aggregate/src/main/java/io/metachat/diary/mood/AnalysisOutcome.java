package io.metachat.diary.mood;

import io.metachat.diary.entry.LiveEntry;
import io.metachat.diary.entry.LiveEntry.Analysed;
import io.metachat.domain.diary.RecordAnalysis;

/** The outcome of an analysis. */
public enum AnalysisOutcome {
    RECORDED,
    /** The entry is deleted, or never was. */
    UNKNOWN_ENTRY,
    /** The entry was edited in the meantime; the analysis of its current revision is on its way. */
    STALE_REVISION,
    /** This model has spoken of this revision before: a redelivered message. */
    REPEATED,
    /** A later analysis of this revision is recorded already. */
    OUTDATED;

    /** Decides about an analysis of an entry that is not deleted. */
    public static AnalysisOutcome of(LiveEntry entry, RecordAnalysis command) {
        if (command.entryRevision() != entry.revision()) {
            return STALE_REVISION;
        }
        Analysed recorded = entry.analysis();
        if (recorded == null) {
            return RECORDED;
        }
        if (recorded.modelVersion().equals(command.analysis().modelVersion())) {
            return REPEATED;
        }
        // Otherwise reading the topic again from its beginning would restore the analysis of an older model.
        return command.analysis().analysedAt().isBefore(recorded.analysedAt()) ? OUTDATED : RECORDED;
    }
}
