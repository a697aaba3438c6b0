package io.metachat.embedded.eventstoredb.internal.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The part of a stream's metadata that decides what a reader sees. Metadata that cannot be understood limits nothing,
 * as in EventStoreDB.
 *
 * @param truncateBefore the first revision that may be visible; {@link #SOFT_DELETED} hides the stream
 */
public record StreamMetadata(
        @Nullable Long maxCount,
        @Nullable Duration maxAge,
        @Nullable Long truncateBefore) {

    /** {@code $tb} of a soft-deleted stream. */
    static final long SOFT_DELETED = Long.MAX_VALUE;

    public static final StreamMetadata NONE = new StreamMetadata(null, null, null);

    /** What holds for every metadata stream: only its last event counts. */
    public static final StreamMetadata OF_METADATA_STREAMS = new StreamMetadata(1L, null, null);

    private static final String MAX_COUNT = "$maxCount";
    private static final String MAX_AGE = "$maxAge";
    private static final String TRUNCATE_BEFORE = "$tb";
    private static final ObjectMapper JSON = new ObjectMapper();

    public static StreamMetadata parse(ByteString json) {
        ObjectNode object = object(json);
        Long seconds = positive(object.get(MAX_AGE));
        return new StreamMetadata(
                positive(object.get(MAX_COUNT)),
                seconds == null ? null : Duration.ofSeconds(Math.min(seconds, Integer.MAX_VALUE)),
                notNegative(object.get(TRUNCATE_BEFORE)));
    }

    public boolean isSoftDeleted() {
        return truncateBefore != null && truncateBefore == SOFT_DELETED;
    }

    /** The same metadata, everything else in it kept, with another {@code $tb}. */
    static ByteString withTruncateBefore(ByteString json, long revision) {
        ObjectNode object = object(json).put(TRUNCATE_BEFORE, revision);
        try {
            return ByteString.copyFrom(JSON.writeValueAsBytes(object));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a JSON tree could not be written", impossible);
        }
    }

    private static ObjectNode object(ByteString json) {
        try {
            if (JSON.readTree(json.toByteArray()) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException notJson) {
            // Anybody may write anything into a metadata stream.
            return JSON.createObjectNode();
        }
        return JSON.createObjectNode();
    }

    private static @Nullable Long notNegative(@Nullable JsonNode node) {
        return node != null && node.canConvertToLong() && node.isIntegralNumber() && node.longValue() >= 0
                ? node.longValue()
                : null;
    }

    private static @Nullable Long positive(@Nullable JsonNode node) {
        Long value = notNegative(node);
        return value == null || value == 0 ? null : value;
    }
}
