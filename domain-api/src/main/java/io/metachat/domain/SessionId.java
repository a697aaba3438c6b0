package io.metachat.domain;

import java.util.UUID;

/** A diary session; a member of its {@code Diary} aggregate. */
public record SessionId(UUID value) {

    public static SessionId parse(String uuid) {
        return new SessionId(Uuids.parse("sessionId", uuid));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
