package io.metachat.domain.refusal;

import java.util.Locale;

/**
 * Everything that the domain refuses, closed. The {@linkplain #code() code} is stable: clients may rely on it; the
 * detail is for people and may change.
 */
public enum DomainError {
    VALIDATION_FAILED(Category.INVALID, "The request has invalid fields"),
    WEAK_PASSWORD(Category.INVALID, "The password is on the list of common passwords"),

    BAD_CREDENTIALS(Category.UNAUTHENTICATED, "The login or the password is wrong"),
    REFRESH_TOKEN_INVALID(Category.UNAUTHENTICATED, "The refresh token is not valid any more"),

    USER_NOT_FOUND(Category.NOT_FOUND, "There is no such user"),
    ENTRY_NOT_FOUND(Category.NOT_FOUND, "There is no such entry"),
    SESSION_NOT_FOUND(Category.NOT_FOUND, "There is no such session"),
    MATCH_NOT_FOUND(Category.NOT_FOUND, "There is no such match"),
    SEARCH_NOT_FOUND(Category.NOT_FOUND, "No search is running"),

    USERNAME_TAKEN(Category.CONFLICT, "The username is taken"),
    EMAIL_TAKEN(Category.CONFLICT, "The e-mail address is taken"),
    SESSION_ALREADY_OPEN(Category.CONFLICT, "Another session is open; end it first"),
    SESSION_ENDED(Category.CONFLICT, "The session has ended"),
    MATCH_NOT_OPEN(Category.CONFLICT, "The match is not open any more"),
    ALREADY_MATCHED(Category.CONFLICT, "You have already been matched with this person"),
    MATCHING_DISABLED(Category.CONFLICT, "Matching is switched off; opt in first"),
    SEARCH_ALREADY_RUNNING(Category.CONFLICT, "A search is running already"),

    REVISION_MISMATCH(Category.PRECONDITION_FAILED, "Somebody changed it in the meantime; read it again"),

    IDEMPOTENCY_KEY_REUSED(Category.UNPROCESSABLE, "This idempotency key was used for another request"),
    MATCH_WITH_ONESELF(Category.UNPROCESSABLE, "A match needs two people"),
    NOT_A_CANDIDATE(Category.UNPROCESSABLE, "This person cannot be proposed to now"),

    TOO_MANY_PROPOSALS(Category.TOO_MANY, "Enough proposals for today");

    /** What kind of refusal it is; the edges map it to a gRPC status and to an HTTP status. */
    public enum Category {
        INVALID,
        UNAUTHENTICATED,
        NOT_FOUND,
        CONFLICT,
        PRECONDITION_FAILED,
        UNPROCESSABLE,
        TOO_MANY
    }

    private final Category category;
    private final String detail;

    DomainError(Category category, String detail) {
        this.category = category;
        this.detail = detail;
    }

    /** The stable code in kebab case, e.g. {@code entry-not-found}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Category category() {
        return category;
    }

    public String detail() {
        return detail;
    }
}
