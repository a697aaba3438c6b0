package io.metachat.embedded.eventstoredb.internal.rpc.appends;

import com.eventstore.dbclient.proto.shared.Shared;
import com.google.protobuf.ByteString;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.RpcErrors;
import io.metachat.embedded.eventstoredb.internal.rpc.wire.Wire;
import io.metachat.embedded.eventstoredb.internal.rules.ProposedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects the events of one append, and rejects it at the size limit before it fills the memory. */
final class AppendBuffer {

    private final int limit;
    private final List<ProposedEvent> events = new ArrayList<>();
    private long size;

    AppendBuffer(int limit) {
        this.limit = limit;
    }

    void add(Shared.UUID id, Map<String, String> properties, ByteString data, ByteString metadata) {
        ProposedEvent event = new ProposedEvent(
                Wire.uuid(id),
                required(properties, Wire.TYPE),
                required(properties, Wire.CONTENT_TYPE).equals(Wire.JSON) ? Wire.JSON : Wire.BINARY,
                data,
                metadata);
        size += event.size();
        if (size > limit) {
            throw RpcErrors.appendTooLarge(limit);
        }
        events.add(event);
    }

    List<ProposedEvent> events() {
        return events;
    }

    private static String required(Map<String, String> properties, String name) {
        String value = properties.get(name);
        if (value == null || value.isEmpty()) {
            throw RpcErrors.missingEventMetadata(name);
        }
        return value;
    }
}
