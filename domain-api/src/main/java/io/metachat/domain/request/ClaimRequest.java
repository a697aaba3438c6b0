package io.metachat.domain.request;

import io.metachat.domain.Command;
import io.metachat.domain.RequestId;
import io.metachat.domain.UserId;

/**
 * Let a key stand for this request and no other. Claiming it again for the same request changes nothing.
 *
 * @param fingerprint hex SHA-256 of what is asked for
 */
public record ClaimRequest(RequestId requestId, UserId userId, String fingerprint) implements Command {

    @Override
    public String target() {
        return requestId.stream();
    }
}
