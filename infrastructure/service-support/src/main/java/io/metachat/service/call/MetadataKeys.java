package io.metachat.service.call;

/** The names under which correlation and idempotency travel in the metadata of messages and events. */
public final class MetadataKeys {

    /** The id of the request that everything belongs to. EventStoreDB's correlation projection reads this name. */
    public static final String CORRELATION_ID = "$correlationId";

    /** The identifier of the message that caused this one. EventStoreDB's causation projection reads this name. */
    public static final String CAUSATION_ID = "$causationId";

    /** W3C Trace Context, level 1. */
    public static final String TRACEPARENT = "traceparent";

    /** The client's idempotency key of the command. */
    public static final String IDEMPOTENCY_KEY = "idempotencyKey";

    /** Hex SHA-256 over what was asked for under the key. */
    public static final String IDEMPOTENCY_FINGERPRINT = "idempotencyFingerprint";

    private MetadataKeys() {}
}
