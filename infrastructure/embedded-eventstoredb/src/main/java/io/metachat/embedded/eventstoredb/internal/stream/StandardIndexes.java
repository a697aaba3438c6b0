package io.metachat.embedded.eventstoredb.internal.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The index streams that EventStoreDB's standard projections fill with links: by category ({@code $ce-}), by event type
 * ({@code $et-}) and by correlation id ({@code $bc-}). Here their entries are written together with the event, so they
 * have no lag and take no space in {@code $all}.
 */
public final class StandardIndexes {

    private static final String BY_CATEGORY = "$ce-";
    private static final String BY_TYPE = "$et-";
    private static final String BY_CORRELATION = "$bc-";
    private static final String CORRELATION_ID = "$correlationId";
    private static final ByteString QUOTED_CORRELATION_ID = ByteString.copyFromUtf8('"' + CORRELATION_ID + '"');
    private static final JsonFactory JSON = new JsonFactory();

    private StandardIndexes() {}

    public static boolean isIndexStream(String stream) {
        return stream.startsWith(BY_CATEGORY) || stream.startsWith(BY_TYPE) || stream.startsWith(BY_CORRELATION);
    }

    /** Returns the index streams of an event. System streams, links and tombstones are not indexed. */
    public static List<String> streamsFor(StoredEvent event) {
        if (StreamNames.isSystem(event.stream())
                || event.isLink()
                || event.type().equals(EventTypes.TOMBSTONE)) {
            return List.of();
        }
        List<String> streams = new ArrayList<>(3);
        int dash = event.stream().indexOf('-');
        if (dash > 0) {
            streams.add(BY_CATEGORY + event.stream().substring(0, dash));
        }
        streams.add(BY_TYPE + event.type());
        correlationId(event.metadata()).ifPresent(id -> streams.add(BY_CORRELATION + id));
        streams.removeIf(stream -> !StreamNames.isValid(stream));
        return streams;
    }

    private static Optional<String> correlationId(ByteString metadata) {
        if (!contains(metadata, QUOTED_CORRELATION_ID)) {
            return Optional.empty();
        }
        try (JsonParser json = JSON.createParser(metadata.newInput())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals(CORRELATION_ID);
                JsonToken value = json.nextToken();
                if (wanted) {
                    return value == JsonToken.VALUE_STRING && !json.getText().isEmpty()
                            ? Optional.of(json.getText())
                            : Optional.empty();
                }
                json.skipChildren();
            }
            return Optional.empty();
        } catch (IOException notJson) {
            // Metadata may have any format; only JSON can contain a correlation id.
            return Optional.empty();
        }
    }

    /** Checks without parsing, because most metadata has no correlation id. */
    private static boolean contains(ByteString bytes, ByteString wanted) {
        byte first = wanted.byteAt(0);
        for (int start = 0; start <= bytes.size() - wanted.size(); start++) {
            if (bytes.byteAt(start) == first
                    && bytes.substring(start, start + wanted.size()).equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
