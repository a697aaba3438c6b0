package io.metachat.embedded.eventstoredb.internal.read;

/** Which way a reader goes. */
public enum Direction {
    FORWARDS,
    BACKWARDS
}
