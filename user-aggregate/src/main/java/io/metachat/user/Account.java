package io.metachat.user;

import io.metachat.domain.ReservationId;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.user.event.UserRegistered;
import org.jspecify.annotations.Nullable;

/**
 * What a user signs in with: the reserved names and the hash of the current password.
 *
 * @param passwordHash null once the user is forgotten; the names stay until they are released
 */
record Account(ReservedNames names, @Nullable String passwordHash) {

    static Account of(UserRegistered event) {
        return new Account(names(event.username(), event.email()), event.passwordHash());
    }

    Account withPassword(@Nullable String hash) {
        return new Account(names, hash);
    }

    /** @throws DomainException {@link DomainError#USER_NOT_FOUND} of a forgotten user */
    String currentPassword() {
        if (passwordHash == null) {
            throw new DomainException(DomainError.USER_NOT_FOUND);
        }
        return passwordHash;
    }

    /**
     * Answers a registration under these names whose idempotency key the user has forgotten, or never had.
     *
     * @return the hash of the current password
     * @throws DomainException {@link DomainError#IDEMPOTENCY_KEY_REUSED} when it is a registration under other names
     */
    String repeated(String username, String email) {
        if (!names(username, email).equals(names)) {
            throw new DomainException(DomainError.IDEMPOTENCY_KEY_REUSED);
        }
        return currentPassword();
    }

    private static ReservedNames names(String username, String email) {
        return new ReservedNames(ReservationId.username(username), ReservationId.email(email));
    }

    @Override
    public String toString() {
        return "Account[]";
    }
}
