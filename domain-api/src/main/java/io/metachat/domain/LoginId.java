package io.metachat.domain;

import java.util.UUID;

/** A login: the family of refresh tokens that descend from one sign-in. */
public record LoginId(UUID value) implements AggregateId {

    public static LoginId parse(String uuid) {
        return new LoginId(Uuids.parse("loginId", uuid));
    }

    @Override
    public String category() {
        return "login";
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
