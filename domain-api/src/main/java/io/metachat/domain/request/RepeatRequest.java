package io.metachat.domain.request;

import io.metachat.domain.RequestId;

/**
 * Check that a claimed key was claimed for this request. Changes nothing.
 *
 * @param fingerprint the keyed digest of the request
 */
public record RepeatRequest(RequestId requestId, String fingerprint) implements Repetition {

    @Override
    public String target() {
        return requestId.stream();
    }
}
