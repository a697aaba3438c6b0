package io.metachat.embedded.eventstoredb.internal.read;

/** The visible part of a stream at one moment. */
public sealed interface StreamView {

    /** Never written to, or soft-deleted. */
    record NotFound() implements StreamView {}

    /** The stream has a tombstone. */
    record Deleted() implements StreamView {}

    /**
     * @param first the lowest visible revision; above {@code last} when everything is truncated
     * @param last the highest revision
     */
    record Visible(long first, long last) implements StreamView {}
}
