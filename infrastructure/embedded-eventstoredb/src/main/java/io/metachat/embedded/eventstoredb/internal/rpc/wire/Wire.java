package io.metachat.embedded.eventstoredb.internal.rpc.wire;

import com.eventstore.dbclient.proto.persistentsubscriptions.Persistent;
import com.eventstore.dbclient.proto.shared.Shared;
import com.eventstore.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import com.google.protobuf.ByteString;
import io.metachat.embedded.eventstoredb.internal.read.ResolvedEvent;
import io.metachat.embedded.eventstoredb.internal.stream.StoredEvent;
import java.util.Map;
import java.util.UUID;

/** Conversions of ids, stream names and events. */
public final class Wire {

    public static final String TYPE = "type";
    public static final String CONTENT_TYPE = "content-type";
    public static final String JSON = "application/json";
    public static final String BINARY = "application/octet-stream";
    public static final Shared.Empty EMPTY = Shared.Empty.getDefaultInstance();

    private static final String CREATED = "created";

    private Wire() {}

    public static String stream(Shared.StreamIdentifier identifier) {
        return identifier.getStreamName().toStringUtf8();
    }

    public static Shared.StreamIdentifier stream(String name) {
        return Shared.StreamIdentifier.newBuilder()
                .setStreamName(ByteString.copyFromUtf8(name))
                .build();
    }

    /** @throws InvalidRequestException if it is not a UUID */
    public static UUID uuid(Shared.UUID uuid) {
        return switch (uuid.getValueCase()) {
            case STRUCTURED ->
                new UUID(
                        uuid.getStructured().getMostSignificantBits(),
                        uuid.getStructured().getLeastSignificantBits());
            case STRING -> parse(uuid.getString());
            case VALUE_NOT_SET -> throw new InvalidRequestException("an id is missing");
        };
    }

    public static Shared.UUID structured(UUID id) {
        return Shared.UUID
                .newBuilder()
                .setStructured(Shared.UUID
                        .Structured
                        .newBuilder()
                        .setMostSignificantBits(id.getMostSignificantBits())
                        .setLeastSignificantBits(id.getLeastSignificantBits()))
                .build();
    }

    static Shared.UUID text(UUID id) {
        return Shared.UUID.newBuilder().setString(id.toString()).build();
    }

    public static ReadResp.ReadEvent readEvent(ResolvedEvent resolved, boolean structuredIds) {
        ReadResp.ReadEvent.Builder event = ReadResp.ReadEvent.newBuilder().setCommitPosition(resolved.position());
        if (resolved.event() != null) {
            event.setEvent(recorded(resolved.event(), structuredIds));
        }
        if (resolved.link() != null) {
            event.setLink(recorded(resolved.link(), structuredIds));
        }
        return event.build();
    }

    /** Converts an event into the messages of persistent subscriptions. */
    public static Persistent.ReadResp.ReadEvent.Builder groupEvent(ResolvedEvent resolved, boolean structuredIds) {
        Persistent.ReadResp.ReadEvent.Builder event =
                Persistent.ReadResp.ReadEvent.newBuilder().setCommitPosition(resolved.position());
        if (resolved.event() != null) {
            event.setEvent(groupRecorded(resolved.event(), structuredIds));
        }
        if (resolved.link() != null) {
            event.setLink(groupRecorded(resolved.link(), structuredIds));
        }
        return event;
    }

    private static Persistent.ReadResp.ReadEvent.RecordedEvent groupRecorded(StoredEvent event, boolean structuredIds) {
        return Persistent.ReadResp.ReadEvent.RecordedEvent.newBuilder()
                .setId(structuredIds ? structured(event.id()) : text(event.id()))
                .setStreamIdentifier(stream(event.stream()))
                .setStreamRevision(event.revision())
                .setCommitPosition(event.position())
                .setPreparePosition(event.position())
                .putAllMetadata(properties(event))
                .setCustomMetadata(event.metadata())
                .setData(event.data())
                .build();
    }

    private static Map<String, String> properties(StoredEvent event) {
        return Map.of(
                TYPE, event.type(),
                CONTENT_TYPE, event.contentType(),
                CREATED, Long.toString(event.createdTicks()));
    }

    private static ReadResp.ReadEvent.RecordedEvent recorded(StoredEvent event, boolean structuredIds) {
        return ReadResp.ReadEvent.RecordedEvent.newBuilder()
                .setId(structuredIds ? structured(event.id()) : text(event.id()))
                .setStreamIdentifier(stream(event.stream()))
                .setStreamRevision(event.revision())
                .setCommitPosition(event.position())
                .setPreparePosition(event.position())
                .putAllMetadata(properties(event))
                .setCustomMetadata(event.metadata())
                .setData(event.data())
                .build();
    }

    private static UUID parse(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notAnId) {
            throw new InvalidRequestException("an id is not a UUID");
        }
    }
}
