package io.metachat.diary.entry;

import io.metachat.domain.mood.Analysis;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the diary's rules need to know of an entry that is not deleted.
 *
 * @param revision the current revision
 * @param writtenSequence where in the diary's stream the entry was first written
 * @param contentSequence where in the diary's stream the event stands that holds the current content
 * @param inProfile whether its mood, be it of an earlier revision, counts in the profile
 * @param analysis what was last recorded of the current revision; none after an edit
 */
public record LiveEntry(
        int revision,
        long writtenSequence,
        long contentSequence,
        Instant writtenAt,
        boolean inProfile,
        @Nullable Analysed analysis) {

    /** The model that analysed the current revision, and the time of the analysis. */
    public record Analysed(String modelVersion, Instant analysedAt) {

        public static Analysed by(Analysis analysis) {
            return new Analysed(analysis.modelVersion(), analysis.analysedAt());
        }
    }

    public static LiveEntry written(int revision, long sequence, Instant writtenAt) {
        return new LiveEntry(revision, sequence, sequence, writtenAt, false, null);
    }

    /**
     * Does nothing when the expectation holds, or when there is none.
     *
     * @throws DomainException {@link DomainError#REVISION_MISMATCH} when this is another revision
     */
    public void requireRevision(@Nullable Integer expected) {
        if (expected != null && expected != revision) {
            throw new DomainException(DomainError.REVISION_MISMATCH);
        }
    }

    public LiveEntry edited(int revision, long sequence) {
        return new LiveEntry(revision, writtenSequence, sequence, writtenAt, inProfile, null);
    }

    public LiveEntry analysed(Analysed analysis, boolean supported) {
        return new LiveEntry(revision, writtenSequence, contentSequence, writtenAt, supported, analysis);
    }
}
