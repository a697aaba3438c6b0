package io.metachat.embedded.eventstoredb.internal.read;

/** The direction of a read. */
public enum Direction {
    FORWARDS,
    BACKWARDS
}
