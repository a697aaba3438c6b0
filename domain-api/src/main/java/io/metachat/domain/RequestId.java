package io.metachat.domain;

import java.util.UUID;

/** A client's request, told from others by the idempotency key that its user gave it. */
public record RequestId(UUID value) implements AggregateId {

    public static RequestId of(UserId user, String idempotencyKey) {
        return new RequestId(Uuids.named("request", user.toString(), idempotencyKey));
    }

    @Override
    public String category() {
        return "request";
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
