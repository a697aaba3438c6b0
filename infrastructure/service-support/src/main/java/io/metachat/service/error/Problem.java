package io.metachat.service.error;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A failure as clients receive it, over HTTP or gRPC.
 *
 * @param code stable and machine-readable, such as {@code entry-not-found}; never changes once published
 * @param category determines statuses and retries
 * @param detail one sentence for people; never personal data, never an exception's message
 * @param fieldErrors the errors per field; may be empty
 * @param retryAfter the delay after which a retry makes sense, or null
 */
public record Problem(
        String code,
        ProblemCategory category,
        String detail,
        List<FieldError> fieldErrors,
        @Nullable Duration retryAfter) {

    private static final Pattern CODE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    public Problem {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("A problem's code is kebab-case: " + code);
        }
        fieldErrors = List.copyOf(fieldErrors);
    }

    public static Problem of(String code, ProblemCategory category, String detail) {
        return new Problem(code, category, detail, List.of(), null);
    }

    public static Problem invalid(List<FieldError> fieldErrors) {
        return new Problem(
                "validation-failed", ProblemCategory.INVALID, "The request has invalid fields.", fieldErrors, null);
    }

    public static Problem unauthenticated(String code, String detail) {
        return of(code, ProblemCategory.UNAUTHENTICATED, detail);
    }

    public static Problem forbidden(String detail) {
        return of("forbidden", ProblemCategory.FORBIDDEN, detail);
    }

    public static Problem notFound(String code, String detail) {
        return of(code, ProblemCategory.NOT_FOUND, detail);
    }

    public static Problem unavailable(String code, String detail, Duration retryAfter) {
        return new Problem(code, ProblemCategory.UNAVAILABLE, detail, List.of(), retryAfter);
    }

    public static Problem internal() {
        return of("internal-error", ProblemCategory.INTERNAL, "The request failed because of an error on our side.");
    }

    /** Returns this problem as an exception. */
    public ProblemException toException() {
        return new ProblemException(this);
    }
}
