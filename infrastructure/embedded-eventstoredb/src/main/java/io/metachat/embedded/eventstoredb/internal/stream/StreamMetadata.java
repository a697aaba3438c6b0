package io.metachat.embedded.eventstoredb.internal.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a stream's metadata with a meaning for the server. As in EventStoreDB, invalid metadata has no effect.
 *
 * @param truncateBefore the first visible revision; {@link #SOFT_DELETED} hides the stream
 */
public record StreamMetadata(
        @Nullable Long maxCount,
        @Nullable Duration maxAge,
        @Nullable Long truncateBefore,
        StreamAcl acl) {

    /** The {@code $tb} of a soft-deleted stream. */
    public static final long SOFT_DELETED = Long.MAX_VALUE;

    public static final StreamMetadata NONE = new StreamMetadata(null, null, null, StreamAcl.SILENT);

    /** The metadata of every metadata stream: only its last event is visible. */
    public static final StreamMetadata OF_METADATA_STREAMS = new StreamMetadata(1L, null, null, StreamAcl.SILENT);

    private static final String MAX_COUNT = "$maxCount";
    private static final String MAX_AGE = "$maxAge";
    private static final String ACL = "$acl";
    private static final String TRUNCATE_BEFORE = "$tb";
    private static final ObjectMapper JSON = new ObjectMapper();

    public static StreamMetadata parse(ByteString json) {
        ObjectNode object = object(json);
        Long seconds = positive(object.get(MAX_AGE));
        return new StreamMetadata(
                positive(object.get(MAX_COUNT)),
                seconds == null ? null : Duration.ofSeconds(Math.min(seconds, Integer.MAX_VALUE)),
                notNegative(object.get(TRUNCATE_BEFORE)),
                acl(object.get(ACL)));
    }

    public boolean isSoftDeleted() {
        return truncateBefore != null && truncateBefore == SOFT_DELETED;
    }

    /** Returns the same metadata with another {@code $tb}. */
    public static ByteString withTruncateBefore(ByteString json, long revision) {
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
            // A metadata stream may contain anything.
            return JSON.createObjectNode();
        }
        return JSON.createObjectNode();
    }

    /** An ACL may be the name of a default instead of lists; then the default applies anyway. */
    private static StreamAcl acl(@Nullable JsonNode node) {
        return node instanceof ObjectNode lists
                ? new StreamAcl(
                        names(lists.get("$r")),
                        names(lists.get("$w")),
                        names(lists.get("$d")),
                        names(lists.get("$mr")),
                        names(lists.get("$mw")))
                : StreamAcl.SILENT;
    }

    /** A single name may appear without a list. */
    private static @Nullable List<String> names(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isArray()) {
            return List.of(node.asText());
        }
        List<String> names = new ArrayList<>();
        node.forEach(name -> names.add(name.asText()));
        return List.copyOf(names);
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
