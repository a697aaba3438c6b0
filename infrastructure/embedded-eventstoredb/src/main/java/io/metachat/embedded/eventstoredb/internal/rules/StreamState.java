package io.metachat.embedded.eventstoredb.internal.rules;

import com.google.protobuf.ByteString;
import io.metachat.embedded.eventstoredb.internal.stream.Revisions;
import org.jspecify.annotations.Nullable;

/**
 * The state of a stream that decides on a write.
 *
 * @param lastRevision the stream's last revision, {@link Revisions#NONE} or {@link Revisions#TOMBSTONE}
 * @param metadataRevision the last revision of its metadata stream, or {@link Revisions#NONE}
 * @param deletedMetadata the stream's metadata while it is soft-deleted, otherwise null
 */
public record StreamState(
        long lastRevision, long metadataRevision, @Nullable ByteString deletedMetadata) {

    boolean isTombstoned() {
        return lastRevision == Revisions.TOMBSTONE;
    }

    boolean isSoftDeleted() {
        return deletedMetadata != null;
    }

    boolean neverExisted() {
        return lastRevision == Revisions.NONE && metadataRevision == Revisions.NONE;
    }

    StreamState withLastRevision(long revision) {
        return new StreamState(revision, metadataRevision, deletedMetadata);
    }

    StreamState withMetadata(long revision, @Nullable ByteString newDeletedMetadata) {
        return new StreamState(lastRevision, revision, newDeletedMetadata);
    }
}
