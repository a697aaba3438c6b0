package io.metachat.domain;

import java.util.UUID;

/** A user's diary, under the UUID of its user. */
public record DiaryId(UUID value) implements AggregateId {

    @Override
    public String category() {
        return "diary";
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
