package io.metachat.embedded.eventstoredb.internal.rules;

import com.google.protobuf.ByteString;
import java.util.UUID;

/** An event that a client asks to append. */
public record ProposedEvent(UUID id, String type, String contentType, ByteString data, ByteString metadata) {

    /** What it counts against the append size limit: two bytes a character of the type, as EventStoreDB counts. */
    public int size() {
        return data.size() + metadata.size() + 2 * type.length();
    }
}
