package io.metachat.domain;

import java.util.UUID;

/** The stream of a user's match searches, under the UUID of its user: at most one search runs in it. */
public record SearchOwnerId(UUID value) implements AggregateId {

    @Override
    public String category() {
        return "search";
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
