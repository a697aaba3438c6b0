package io.metachat.axon.eventstoredb.internal;

import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.proto.shared.Shared;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp.ReadEvent;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * An event as the server recorded it, whichever way it came: from a read by the client, or straight from a
 * subscription's call. The arrays are not copied and must not be changed.
 */
public final class Recorded {

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

    private Recorded(
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

    public static Recorded of(RecordedEvent event) {
        return new Recorded(
                event.getStreamId(),
                event.getRevision(),
                event.getEventId(),
                event.getEventType(),
                event.getEventData(),
                event.getUserMetadata(),
                AllReader.commit(event),
                event.getCreated());
    }

    /** The event itself; where the server resolved a link, the link. */
    static Recorded of(ReadEvent answer) {
        ReadEvent.RecordedEvent event = answer.hasLink() ? answer.getLink() : answer.getEvent();
        Map<String, String> properties = event.getMetadataMap();
        return new Recorded(
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

    String stream() {
        return stream;
    }

    long revision() {
        return revision;
    }

    UUID id() {
        return id;
    }

    String type() {
        return type;
    }

    byte[] data() {
        return data;
    }

    byte[] metadata() {
        return metadata;
    }

    /** The commit position in {@code $all}. */
    long position() {
        return position;
    }

    Instant created() {
        return created;
    }

    boolean isSystemEvent() {
        return type.startsWith("$");
    }

    long bytes() {
        return (long) data.length + metadata.length;
    }
}
