package io.metachat.domain.request;

import io.metachat.domain.UserId;

/**
 * Answer a registration that was answered before under the same idempotency key, before its names are reserved. Changes
 * nothing.
 */
public record RepeatRegistration(UserId userId, String username, String email) implements Repetition {

    @Override
    public String target() {
        return userId.stream();
    }

    @Override
    public String toString() {
        return "RepeatRegistration[userId=" + userId + "]";
    }
}
