package io.metachat.axon.eventstoredb.internal.codec;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventDataBuilder;
import io.metachat.axon.eventstoredb.EventType;
import io.metachat.axon.eventstoredb.StreamNames;
import io.metachat.axon.eventstoredb.internal.codec.EventMetadata.SnapshotType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/** Encodes Axon messages as EventStoreDB events, and decodes stored events for Axon. */
public final class EventCodec {

    private static final String SNAPSHOT = "snapshot";

    /** Bounds the cache: other applications may generate type names. */
    private static final int MAX_KNOWN_TYPES = 4096;

    private final StreamNames names;
    private final MetadataCodec metadataCodec;
    private final Map<String, SerializedType> types = new ConcurrentHashMap<>();

    /**
     * @param correlationKey the metadata key stored as {@code $correlationId}
     * @param causationKey the metadata key stored as {@code $causationId}
     */
    public EventCodec(StreamNames names, String correlationKey, String causationKey) {
        this.names = names;
        this.metadataCodec = new MetadataCodec(correlationKey, causationKey);
    }

    /** @param serializer gives payloads their logical types */
    public EventData encode(EventMessage<?> event, Serializer serializer) {
        SerializedObject<byte[]> payload = event.serializePayload(serializer, byte[].class);
        EventType type = new EventType(
                payload.getType().getName(), Integer.parseInt(payload.getType().getRevision()));
        return eventData(event, aggregateType(event), type.stored(), payload.getData(), null);
    }

    public EventData encodeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        SerializedObject<byte[]> payload = snapshot.serializePayload(serializer, byte[].class);
        SnapshotType type = new SnapshotType(
                payload.getType().getName(), payload.getType().getRevision(), snapshot.getSequenceNumber());
        return eventData(snapshot, snapshot.getType(), SNAPSHOT, payload.getData(), type);
    }

    private EventData eventData(
            EventMessage<?> event,
            @Nullable String aggregateType,
            String storedType,
            byte[] payload,
            @Nullable SnapshotType snapshotType) {
        UUID id = idOf(event.getIdentifier());
        String identifier = id.toString().equals(event.getIdentifier()) ? null : event.getIdentifier();
        byte[] metadata = metadataCodec.encode(new EventMetadata(
                event.getMetaData(), event.getTimestamp().toString(), identifier, aggregateType, snapshotType));
        EventDataBuilder builder = isJson(payload, snapshotType)
                ? EventData.builderAsJson(id, storedType, payload)
                : EventData.builderAsBinary(id, storedType, payload);
        return builder.metadataAsBytes(metadata).build();
    }

    /** Events are JSON by contract; a snapshot has the format of the general serializer. */
    private static boolean isJson(byte[] payload, @Nullable SnapshotType snapshotType) {
        return snapshotType == null || (payload.length > 0 && payload[0] == '{');
    }

    /** Decodes an event of an aggregate's stream. */
    public DomainEventData<byte[]> decodeDomainEvent(StoredEvent stored, String aggregateIdentifier) {
        return new EventEntry.OfAggregate(
                stored, payloadType(stored.type()), metadataCodec, aggregateIdentifier, stored.revision());
    }

    /**
     * Decodes a snapshot. Its sequence number is that of the last event it contains, not its revision.
     *
     * @throws IllegalStateException for an event that is not a snapshot
     */
    public DomainEventData<byte[]> decodeSnapshot(StoredEvent stored, String aggregateIdentifier) {
        SnapshotType type = metadataCodec.decode(stored.metadata()).snapshotType();
        if (type == null) {
            throw new IllegalStateException("Event " + stored.id() + " is not a snapshot");
        }
        return new EventEntry.OfAggregate(
                stored,
                new SimpleSerializedType(type.name(), type.revision()),
                metadataCodec,
                aggregateIdentifier,
                type.sequenceNumber());
    }

    /** Decodes an event of {@code $all}. */
    public TrackedEventData<byte[]> decodeTracked(StoredEvent stored) {
        SerializedType type = payloadType(stored.type());
        Optional<String> aggregate = names.aggregateOf(stored.stream());
        return aggregate.isPresent()
                ? new TrackedEventEntry.OfAggregate(stored, type, metadataCodec, aggregate.get(), stored.revision())
                : new TrackedEventEntry(stored, type, metadataCodec);
    }

    private static @Nullable String aggregateType(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> domainEvent ? domainEvent.getType() : null;
    }

    private SerializedType payloadType(String stored) {
        SerializedType known = types.get(stored);
        if (known != null) {
            return known;
        }
        SerializedType parsed = parsedType(stored);
        if (types.size() < MAX_KNOWN_TYPES) {
            types.put(stored, parsed);
        }
        return parsed;
    }

    /** A type of another application keeps its name and has no revision. */
    private static SerializedType parsedType(String stored) {
        return EventType.parse(stored)
                .<SerializedType>map(type -> new SimpleSerializedType(type.name(), String.valueOf(type.revision())))
                .orElseGet(() -> new SimpleSerializedType(stored, null));
    }

    /** Returns the identifier itself when it is a UUID in canonical form, else a UUID derived from it. */
    static UUID idOf(String identifier) {
        try {
            UUID id = UUID.fromString(identifier);
            return id.toString().equals(identifier) ? id : named(identifier);
        } catch (IllegalArgumentException e) {
            return named(identifier);
        }
    }

    private static UUID named(String identifier) {
        return UUID.nameUUIDFromBytes(identifier.getBytes(StandardCharsets.UTF_8));
    }
}
