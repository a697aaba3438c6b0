package io.metachat.axon.cassandra.deadline;

import io.metachat.axon.cassandra.connection.Serialization.Serialized;
import java.time.Instant;

/**
 * A deadline as it is stored.
 *
 * @param id its identifier
 * @param name its name
 * @param generation the generation of its name when it was scheduled
 * @param scope the serialized descriptor of its scope
 * @param due when it is due; later than it was scheduled for once a delivery has failed
 * @param attempts how often its delivery has failed
 * @param payload the serialized payload of its message
 * @param metadata the serialized metadata of its message
 */
record StoredDeadline(
        String id,
        String name,
        long generation,
        Serialized scope,
        Instant due,
        int attempts,
        Serialized payload,
        Serialized metadata) {}
