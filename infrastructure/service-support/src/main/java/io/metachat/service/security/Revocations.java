package io.metachat.service.security;

import java.util.UUID;

/** Whose tokens count no more although they have not expired. Asked for every call, from many threads: never blocks. */
@FunctionalInterface
public interface Revocations {

    /** @param userId whom a verified token names */
    boolean isRevoked(UUID userId);
}
