package io.metachat.axon.eventstoredb.internal.codec;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a stored event.
 *
 * @param metaData Axon's metadata
 * @param published when the event was published, in RFC 3339; null for events of other applications
 * @param identifier Axon's event identifier where it is not the event id
 * @param aggregateType the aggregate's type; null when no aggregate published the event
 * @param snapshotType the serialized type of a snapshot; null for events
 */
record EventMetadata(
        MetaData metaData,
        @Nullable String published,
        @Nullable String identifier,
        @Nullable String aggregateType,
        @Nullable SnapshotType snapshotType) {

    /** Returns when the event was published; null when unknown. Parsed on demand, because few consumers need it. */
    @Nullable
    Instant timestamp() {
        if (published == null) {
            return null;
        }
        try {
            return Instant.parse(published);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /**
     * The type of a snapshot. Snapshots are disposable, so the type may be a class name.
     *
     * @param sequenceNumber of the last event that the snapshot contains
     */
    record SnapshotType(String name, @Nullable String revision, long sequenceNumber) {}
}
