package io.metachat.domain;

import java.util.UUID;

/**
 * The identity of an aggregate. Its {@linkplain #stream() stream name} carries its category, so that the event store's
 * own category index works and a reader of the store sees what an aggregate is.
 */
public interface AggregateId {

    /** The identifier within the category. */
    UUID value();

    /** The category, e.g. {@code user}: lower case, without a hyphen. */
    String category();

    /** {@code <category>-<uuid>}: the aggregate's identifier and the name of its stream. */
    default String stream() {
        return category() + "-" + value();
    }
}
