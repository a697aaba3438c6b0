package io.metachat.domain;

import java.util.UUID;

/** A person. The stream of the user's own facts is {@code user-<uuid>}. */
public record UserId(UUID value) implements AggregateId, Comparable<UserId> {

    public static UserId parse(String uuid) {
        return new UserId(Uuids.parse("userId", uuid));
    }

    @Override
    public String category() {
        return "user";
    }

    /** The diary of this user: one per user, under the same UUID. */
    public DiaryId diary() {
        return new DiaryId(value);
    }

    /** The match search of this user: one at a time, under the same UUID. */
    public SearchOwnerId searchOwner() {
        return new SearchOwnerId(value);
    }

    @Override
    public int compareTo(UserId other) {
        return value.toString().compareTo(other.value.toString());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
