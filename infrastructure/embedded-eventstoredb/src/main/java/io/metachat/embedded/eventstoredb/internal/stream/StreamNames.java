package io.metachat.embedded.eventstoredb.internal.stream;

import java.nio.charset.StandardCharsets;

/** The meaning of stream names for the server. */
public final class StreamNames {

    public static final String ALL = "$all";

    private static final String METADATA_PREFIX = "$$";

    /** A name must fit into a key with a two-byte length prefix. */
    private static final int MAX_BYTES = 0xFFFF;

    private StreamNames() {}

    public static boolean isValid(String stream) {
        return !stream.isEmpty()
                && !stream.equals(METADATA_PREFIX)
                && stream.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    public static boolean isSystem(String stream) {
        return stream.startsWith("$");
    }

    public static boolean isMetadata(String stream) {
        return stream.startsWith(METADATA_PREFIX);
    }

    public static String metadataOf(String stream) {
        return METADATA_PREFIX + stream;
    }

    public static String describedBy(String metadataStream) {
        return metadataStream.substring(METADATA_PREFIX.length());
    }
}
