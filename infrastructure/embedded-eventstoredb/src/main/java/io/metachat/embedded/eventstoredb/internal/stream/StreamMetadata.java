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
 * The part of a stream's metadata that means something to the server. Metadata that cannot be understood limits nothing,
 * as in EventStoreDB.
 *
 * @param truncateBefore the first revision that may be visible; {@link #SOFT_DELETED} hides the stream
 */
public record StreamMetadata(
        @Nullable Long maxCount,
        @Nullable Duration maxAge,
        @Nullable Long truncateBefore,
        StreamAcl acl) {

    /** {@code $tb} of a soft-deleted stream. */
    public static final long SOFT_DELETED = Long.MAX_VALUE;

    public static final StreamMetadata NONE = new StreamMetadata(null, null, null, StreamAcl.SILENT);

    /** What holds for every metadata stream: only its last event counts. */
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

    /** The same metadata, everything else in it kept, with another {@code $tb}. */
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
            // Anybody may write anything into a metadata stream.
            return JSON.createObjectNode();
        }
        return JSON.createObjectNode();
    }

    /** Instead of lists it may be the name of a default; that says nothing that would not hold anyway. */
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

    /** One name may stand without a list around it. */
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
