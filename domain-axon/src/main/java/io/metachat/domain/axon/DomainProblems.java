package io.metachat.domain.axon;

import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.service.error.FieldError;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.error.ProblemTranslator;
import java.util.List;
import java.util.Optional;

/** Translates the domain's refusals into problems with the same codes. */
public final class DomainProblems implements ProblemTranslator {

    @Override
    public Optional<Problem> translate(Throwable thrown) {
        return thrown instanceof DomainException refusal ? Optional.of(problem(refusal)) : Optional.empty();
    }

    private static Problem problem(DomainException refusal) {
        List<FieldError> fields = refusal.fields().stream()
                .map(field -> new FieldError(field.field(), field.message()))
                .toList();
        return new Problem(
                refusal.error().code(),
                category(refusal.error().category()),
                refusal.error().detail(),
                fields,
                null);
    }

    private static ProblemCategory category(DomainError.Category category) {
        return switch (category) {
            case INVALID -> ProblemCategory.INVALID;
            case UNAUTHENTICATED -> ProblemCategory.UNAUTHENTICATED;
            case NOT_FOUND -> ProblemCategory.NOT_FOUND;
            case CONFLICT -> ProblemCategory.CONFLICT;
            case PRECONDITION_FAILED -> ProblemCategory.PRECONDITION_FAILED;
            case UNPROCESSABLE -> ProblemCategory.UNPROCESSABLE;
            case TOO_MANY -> ProblemCategory.TOO_MANY;
        };
    }
}
