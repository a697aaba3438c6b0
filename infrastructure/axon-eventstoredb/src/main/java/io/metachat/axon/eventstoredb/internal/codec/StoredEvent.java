package io.metachat.axon.eventstoredb.internal.codec;

import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.proto.shared.Shared;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp.ReadEvent;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * An event as the server stored it, received by a read or by a subscription. Arrays are not copied and must not be
 * changed.
 */
public final class StoredEvent {

    private static final String TYPE = "type";
    private static final String CREATED = "created";
    private static final long NANOS_PER_TICK = 100;

    private final String stream;
    private final long revision;
    private final UUID id;
    private final String type;
    private final byte[] data;
    private final byte[] metadata;
    private final long position;
    private final Instant created;

    private StoredEvent(
            String stream,
            long revision,
            UUID id,
            String type,
            byte[] data,
            byte[] metadata,
            long position,
            Instant created) {
        this.stream = stream;
        this.revision = revision;
        this.id = id;
        this.type = type;
        this.data = data;
        this.metadata = metadata;
        this.position = position;
        this.created = created;
    }

    public static StoredEvent of(RecordedEvent event) {
        return new StoredEvent(
                event.getStreamId(),
                event.getRevision(),
                event.getEventId(),
                event.getEventType(),
                event.getEventData(),
                event.getUserMetadata(),
                event.getPosition().getCommitUnsigned(),
                event.getCreated());
    }

    /** Returns the event itself or, where the server resolved a link, the link. */
    public static StoredEvent of(ReadEvent answer) {
        ReadEvent.RecordedEvent event = answer.hasLink() ? answer.getLink() : answer.getEvent();
        Map<String, String> properties = event.getMetadataMap();
        return new StoredEvent(
                event.getStreamIdentifier().getStreamName().toStringUtf8(),
                event.getStreamRevision(),
                id(event.getId()),
                properties.getOrDefault(TYPE, ""),
                event.getData().toByteArray(),
                event.getCustomMetadata().toByteArray(),
                event.getCommitPosition(),
                Instant.EPOCH.plusNanos(Long.parseLong(properties.getOrDefault(CREATED, "0")) * NANOS_PER_TICK));
    }

    private static UUID id(Shared.UUID id) {
        if (!id.hasStructured()) {
            return UUID.fromString(id.getString());
        }
        Shared.UUID.Structured bits = id.getStructured();
        return new UUID(bits.getMostSignificantBits(), bits.getLeastSignificantBits());
    }

    public String stream() {
        return stream;
    }

    public long revision() {
        return revision;
    }

    public UUID id() {
        return id;
    }

    String type() {
        return type;
    }

    public byte[] data() {
        return data;
    }

    byte[] metadata() {
        return metadata;
    }

    /** The commit position in {@code $all}. */
    public long position() {
        return position;
    }

    public Instant created() {
        return created;
    }

    public boolean isSystemEvent() {
        return type.startsWith("$");
    }

    public long bytes() {
        return (long) data.length + metadata.length;
    }
}
