package io.metachat.service.operations;

import io.metachat.service.correlation.Correlation;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemDocument;
import io.metachat.service.error.Problems;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Failures of operations as problem documents. */
@RestControllerAdvice(annotations = OperatorApi.class)
final class OperationsProblems {

    private final Problems problems;

    OperationsProblems(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDocument> problem(RuntimeException failure, HttpServletRequest request) {
        Problem problem = problems.of(failure);
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(
                        problem.category().httpStatus())
                .contentType(MediaType.parseMediaType(ProblemDocument.MEDIA_TYPE));
        if (problem.retryAfter() != null) {
            answer.header(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(Math.max(1, problem.retryAfter().toSeconds())));
        }
        return answer.body(ProblemDocument.of(
                problem,
                request.getRequestURI(),
                Correlation.current().map(Correlation::id).orElse(null)));
    }
}
