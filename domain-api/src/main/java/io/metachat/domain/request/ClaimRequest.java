package io.metachat.domain.request;

import io.metachat.domain.Command;
import io.metachat.domain.RequestId;
import io.metachat.domain.UserId;

/**
 * Reserve an idempotency key for one request. Claiming it again for the same request changes nothing.
 *
 * @param fingerprint the keyed digest of the request
 */
public record ClaimRequest(RequestId requestId, UserId userId, String fingerprint) implements Command {

    @Override
    public String target() {
        return requestId.stream();
    }
}
