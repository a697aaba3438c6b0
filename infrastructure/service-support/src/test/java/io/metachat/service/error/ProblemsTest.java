package io.metachat.service.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {

    private final Problems problems = new Problems(List.of(thrown -> thrown instanceof UnsupportedOperationException
            ? Optional.of(Problem.forbidden("Not this."))
            : Optional.empty()));

    @ParameterizedTest
    @EnumSource(ProblemCategory.class)
    void shouldArriveAtTheCallerAsItWas(ProblemCategory category) {
        Problem problem = new Problem(
                "some-code",
                category,
                "Ein Satz für Menschen.",
                List.of(new FieldError("tags[3]", "länger als 50"), new FieldError("title", "")),
                Duration.ofMillis(1_500));
        Metadata trailers = new Metadata();
        ProblemTrailers.write(problem, trailers);

        Problem arrived = Problems.from(new StatusRuntimeException(ProblemTrailers.status(problem), trailers));

        assertThat(arrived).isEqualTo(problem);
    }

    @ParameterizedTest
    @EnumSource(value = Status.Code.class, names = "OK", mode = EnumSource.Mode.EXCLUDE)
    void shouldMakeSenseOfEveryStatusOfGrpcItselfWithoutItsDescription(Status.Code code) {
        Problem problem =
                Problems.from(code.toStatus().withDescription("10.0.0.7 secret").asRuntimeException());

        assertThat(problem.detail()).doesNotContain("10.0.0.7");
        assertThat(problem.category()).isNotNull();
    }

    @Test
    void shouldFindTheProblemBehindWrappers() {
        Throwable wrapped = new CompletionException(new IllegalStateException(new UnsupportedOperationException()));

        assertThat(problems.of(wrapped)).isEqualTo(Problem.forbidden("Not this."));
        assertThat(problems.of(new CompletionException(
                        Problem.notFound("entry-not-found", "No.").toException())))
                .isEqualTo(Problem.notFound("entry-not-found", "No."));
    }

    @Test
    void shouldTellNothingOfWhatNobodyKnows() {
        assertThat(problems.of(new IllegalStateException("dear diary"))).isEqualTo(Problem.internal());
    }

    @Test
    void shouldEndWhereACauseIsItsOwnCause() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);

        assertThat(problems.of(second)).isEqualTo(Problem.internal());
    }

    @Test
    void shouldBeADocumentOfRfc9457() {
        Problem problem = Problem.invalid(List.of(new FieldError("title", "is too long")));

        assertThat(ProblemDocument.of(problem, "/api/v1/diary/entries", "order-7"))
                .isEqualTo(new ProblemDocument(
                        "urn:metachat:problem:validation-failed",
                        "Invalid request",
                        400,
                        "The request has invalid fields.",
                        "/api/v1/diary/entries",
                        "order-7",
                        List.of(new FieldError("title", "is too long"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Entry", "entry_gone", "-entry", "entry-", "entry gone"})
    void shouldRefuseACodeThatIsNotKebabCase(String code) {
        assertThatThrownBy(() -> Problem.of(code, ProblemCategory.INVALID, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
