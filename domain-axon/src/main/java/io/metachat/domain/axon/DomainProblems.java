package io.metachat.domain.axon;

import io.metachat.domain.refusal.DomainException;
import io.metachat.service.error.FieldError;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.error.ProblemTranslator;
import java.util.List;
import java.util.Optional;

/** The domain's refusals as problems: the codes are the domain's, the categories carry the same names. */
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
                ProblemCategory.valueOf(refusal.error().category().name()),
                refusal.error().detail(),
                fields,
                null);
    }
}
