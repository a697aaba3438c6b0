package io.metachat.embedded.eventstoredb.internal.rpc.reads;

/** Ways in which a subscription ends that clients have been seen to miss. */
public enum SubscriptionEnd {
    COMPLETED,
    CANCELLED,
    NOT_LEADER,
    SILENT
}
