package io.metachat.embedded.eventstoredb.internal.rules;

import com.google.protobuf.ByteString;
import java.util.UUID;

/** An event that a client wants to append. */
public record ProposedEvent(UUID id, String type, String contentType, ByteString data, ByteString metadata) {

    /**
     * Returns the size that counts towards the append limit. As in EventStoreDB, each character of the type counts as
     * two bytes.
     */
    public int size() {
        return data.size() + metadata.size() + 2 * type.length();
    }
}
