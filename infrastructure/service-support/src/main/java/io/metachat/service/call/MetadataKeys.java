package io.metachat.service.call;

/** The names under which correlation and idempotency travel in the metadata of messages and events. */
public final class MetadataKeys {

    /** The id of the request that everything belongs to. EventStoreDB's correlation projection reads this name. */
    public static final String CORRELATION_ID = "$correlationId";

    /** The identifier of the message that caused this one. EventStoreDB's causation projection reads this name. */
    public static final String CAUSATION_ID = "$causationId";

    /** W3C Trace Context, level 1. */
    public static final String TRACEPARENT = "traceparent";

    /**
     * The keyed digest of a command's idempotency key. Earlier events hold plain digests under {@code idempotencyKey} and
     * {@code idempotencyFingerprint}, and nothing reads those any more.
     */
    public static final String IDEMPOTENCY_KEY = "requestKey";

    /** The keyed digest of the request that came with the idempotency key. */
    public static final String IDEMPOTENCY_FINGERPRINT = "requestFingerprint";

    /**
     * The fingerprints by key of the same request under digest keys from before a rotation, as a {@code Map<String, String>}.
     * A command has them, an event never.
     */
    public static final String EARLIER_DIGESTS = "earlierDigests";

    private MetadataKeys() {}
}
