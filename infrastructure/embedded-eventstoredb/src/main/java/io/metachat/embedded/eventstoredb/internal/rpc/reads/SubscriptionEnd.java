package io.metachat.embedded.eventstoredb.internal.rpc.reads;

/** The ways to end a subscription that some clients fail to notice. */
public enum SubscriptionEnd {
    COMPLETED,
    CANCELLED,
    NOT_LEADER,
    SILENT
}
