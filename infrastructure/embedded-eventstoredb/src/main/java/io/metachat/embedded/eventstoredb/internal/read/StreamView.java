package io.metachat.embedded.eventstoredb.internal.read;

/** What of a stream is visible at a moment. */
public sealed interface StreamView {

    /** Never written to, or soft-deleted. */
    record NotFound() implements StreamView {}

    /** It has a tombstone. */
    record Deleted() implements StreamView {}

    /**
     * @param first the lowest visible revision; above {@code last} when everything is truncated
     * @param last the highest revision
     */
    record Visible(long first, long last) implements StreamView {}
}
