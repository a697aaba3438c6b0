package io.metachat.diary.mood;

/** What became of an analysis. */
public enum AnalysisOutcome {
    RECORDED,
    /** The entry is deleted, or never was. */
    UNKNOWN_ENTRY,
    /** The entry was edited in the meantime; the analysis of its current revision is on its way. */
    STALE_REVISION,
    /** This model has spoken of this revision before: a redelivered message. */
    REPEATED,
    /** A later analysis of this revision is recorded already. */
    OUTDATED
}
