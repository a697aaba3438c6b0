package io.metachat.embedded.eventstoredb.internal.group;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The JSON format of stored groups. */
final class GroupJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private GroupJson() {}

    static byte[] write(List<StoredGroup> groups) {
        try {
            return MAPPER.writeValueAsBytes(groups);
        } catch (JsonProcessingException failure) {
            throw new UncheckedIOException("groups cannot be written as JSON", failure);
        }
    }

    static List<StoredGroup> read(byte[] json) {
        try {
            return List.of(MAPPER.readValue(json, StoredGroup[].class));
        } catch (IOException failure) {
            throw new UncheckedIOException("the stored groups cannot be read", failure);
        }
    }

    static String object(String key, String value) {
        try {
            return MAPPER.writeValueAsString(Map.of(key, value));
        } catch (JsonProcessingException failure) {
            throw new UncheckedIOException("a string cannot be written as JSON", failure);
        }
    }

    /** The stored form of a group. */
    record StoredGroup(String stream, String name, GroupSettings settings) {}
}
