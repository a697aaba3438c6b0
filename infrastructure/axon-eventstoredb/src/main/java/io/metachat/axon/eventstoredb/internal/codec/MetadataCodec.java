package io.metachat.axon.eventstoredb.internal.codec;

import io.metachat.axon.eventstoredb.internal.codec.EventMetadata.SnapshotType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes metadata as one JSON object: Axon's entries unchanged, the engine's own under {@code axon-} keys, and
 * {@code $correlationId} and {@code $causationId} in place of the entries for them.
 *
 * <p>Other keys that begin with {@code $} belong to the server, or to the client, which adds trace identifiers; they are
 * not Axon metadata. Values are read back as JSON types: strings, numbers, booleans, lists, maps.
 */
final class MetadataCodec {

    static final String CORRELATION = "$correlationId";
    static final String CAUSATION = "$causationId";

    private static final String TIMESTAMP = "axon-timestamp";
    private static final String IDENTIFIER = "axon-id";
    private static final byte[] IDENTIFIER_KEY = ('"' + IDENTIFIER + '"').getBytes(StandardCharsets.US_ASCII);
    private static final String AGGREGATE_TYPE = "axon-type";
    private static final String SNAPSHOT_TYPE = "axon-snapshot-type";
    private static final String SNAPSHOT_REVISION = "axon-snapshot-revision";
    private static final String SNAPSHOT_SEQUENCE = "axon-snapshot-sequence";
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};

    private final JsonMapper mapper = new JsonMapper();
    private final ObjectReader objects = mapper.readerFor(OBJECT);
    private final Map<String, String> systemKeys;

    /**
     * @param correlationKey the metadata key stored as {@code $correlationId}
     * @param causationKey the metadata key stored as {@code $causationId}
     */
    MetadataCodec(String correlationKey, String causationKey) {
        this.systemKeys = Map.of(CORRELATION, correlationKey, CAUSATION, causationKey);
    }

    byte[] encode(EventMetadata metadata) {
        Map<String, Object> json = new LinkedHashMap<>(metadata.metaData());
        systemKeys.forEach((system, key) -> {
            Object value = json.get(key);
            if (value != null && (!json.containsKey(system) || json.get(system).equals(value))) {
                json.remove(key);
                json.put(system, value);
            }
        });
        putUnlessNull(json, TIMESTAMP, metadata.published());
        putUnlessNull(json, IDENTIFIER, metadata.identifier());
        putUnlessNull(json, AGGREGATE_TYPE, metadata.aggregateType());
        SnapshotType snapshotType = metadata.snapshotType();
        if (snapshotType != null) {
            json.put(SNAPSHOT_TYPE, snapshotType.name());
            putUnlessNull(json, SNAPSHOT_REVISION, snapshotType.revision());
            json.put(SNAPSHOT_SEQUENCE, snapshotType.sequenceNumber());
        }
        try {
            return mapper.writeValueAsBytes(json);
        } catch (JacksonException e) {
            throw new SerializationException("Cannot write event metadata as JSON", e);
        }
    }

    /** Returns whether {@link #decode} may find an identifier; the identifier of most events is their event id. */
    boolean mayHoldIdentifier(byte[] stored) {
        for (int at = 0; at <= stored.length - IDENTIFIER_KEY.length; at++) {
            int same = 0;
            while (same < IDENTIFIER_KEY.length && stored[at + same] == IDENTIFIER_KEY[same]) {
                same++;
            }
            if (same == IDENTIFIER_KEY.length) {
                return true;
            }
        }
        return false;
    }

    EventMetadata decode(byte[] stored) {
        Map<String, Object> json = object(stored);
        String published = string(json.remove(TIMESTAMP));
        String identifier = string(json.remove(IDENTIFIER));
        String aggregateType = string(json.remove(AGGREGATE_TYPE));
        SnapshotType snapshotType = snapshotType(json);
        systemKeys.forEach((system, key) -> {
            Object value = json.get(system);
            if (value != null) {
                json.putIfAbsent(key, value);
            }
        });
        json.keySet().removeIf(key -> key.startsWith("$") && !systemKeys.containsKey(key));
        return new EventMetadata(MetaData.from(json), published, identifier, aggregateType, snapshotType);
    }

    private static @Nullable SnapshotType snapshotType(Map<String, Object> json) {
        Object type = json.remove(SNAPSHOT_TYPE);
        Object revision = json.remove(SNAPSHOT_REVISION);
        Object sequence = json.remove(SNAPSHOT_SEQUENCE);
        return type != null && sequence instanceof Number number
                ? new SnapshotType(type.toString(), string(revision), number.longValue())
                : null;
    }

    /** Metadata that is empty or not an object comes from another application, and counts as empty. */
    private Map<String, Object> object(byte[] stored) {
        if (stored.length == 0) {
            return new LinkedHashMap<>();
        }
        try {
            Map<String, Object> json = objects.readValue(stored);
            return json == null ? new LinkedHashMap<>() : json;
        } catch (JacksonException e) {
            return new LinkedHashMap<>();
        }
    }

    private static void putUnlessNull(Map<String, Object> json, String key, @Nullable Object value) {
        if (value != null) {
            json.put(key, value.toString());
        }
    }

    private static @Nullable String string(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
