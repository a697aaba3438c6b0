package io.metachat.embedded.eventstoredb.internal.engine;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What the writer has to know about a stream to decide about a write.
 *
 * @param lastRevision of the stream, {@link #NO_EVENT} or {@link #TOMBSTONED}
 * @param metadataRevision the last revision of its metadata stream, or {@link #NO_EVENT}
 * @param deletedMetadata the stream's metadata while it is soft-deleted, otherwise null
 */
record StreamState(
        long lastRevision, long metadataRevision, @Nullable ByteString deletedMetadata) {

    /** In place of a revision: there is no event. */
    static final long NO_EVENT = -1;

    /** The revision of a tombstone, above every revision that an event can have. */
    static final long TOMBSTONED = Long.MAX_VALUE;

    boolean isTombstoned() {
        return lastRevision == TOMBSTONED;
    }

    boolean isSoftDeleted() {
        return deletedMetadata != null;
    }

    boolean neverExisted() {
        return lastRevision == NO_EVENT && metadataRevision == NO_EVENT;
    }

    StreamState withLastRevision(long revision) {
        return new StreamState(revision, metadataRevision, deletedMetadata);
    }

    StreamState withMetadata(long revision, @Nullable ByteString newDeletedMetadata) {
        return new StreamState(lastRevision, revision, newDeletedMetadata);
    }
}
