package io.metachat.domain;

import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;

/**
 * Two different people, ordered, so that a pair is equal whoever asked first.
 *
 * @throws DomainException {@link DomainError#MATCH_WITH_ONESELF} when both are the same person
 */
public record UserPair(UserId first, UserId second) {

    public UserPair {
        if (first.equals(second)) {
            throw new DomainException(DomainError.MATCH_WITH_ONESELF);
        }
        if (first.compareTo(second) > 0) {
            UserId smaller = second;
            second = first;
            first = smaller;
        }
    }

    public boolean contains(UserId user) {
        return first.equals(user) || second.equals(user);
    }

    /** The other person of the pair. */
    public UserId other(UserId user) {
        if (!contains(user)) {
            throw new IllegalArgumentException("The user is not one of the pair");
        }
        return first.equals(user) ? second : first;
    }
}
