package io.metachat.service.security;

import java.util.UUID;

/** The users whose tokens are revoked before they expire. Called for every call, from many threads; never blocks. */
@FunctionalInterface
public interface Revocations {

    /** @param userId the user of a verified token */
    boolean isRevoked(UUID userId);
}
