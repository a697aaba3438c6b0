package io.metachat.domain;

import java.util.UUID;

/** One run of a user's match search. */
public record SearchId(UUID value) {

    public static SearchId parse(String uuid) {
        return new SearchId(Uuids.parse("searchId", uuid));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
