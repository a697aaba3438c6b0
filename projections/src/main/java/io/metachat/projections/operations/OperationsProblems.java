package io.metachat.projections.operations;

import io.metachat.service.correlation.Correlation;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemDocument;
import io.metachat.service.error.Problems;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Failures of operations as problem documents. */
@RestControllerAdvice(assignableTypes = {ProjectionOperations.class, DeadLetterOperations.class})
class OperationsProblems {

    private final Problems problems;

    OperationsProblems(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDocument> problem(RuntimeException failure, HttpServletRequest request) {
        Problem problem = problems.of(failure);
        return ResponseEntity.status(problem.category().httpStatus())
                .contentType(MediaType.parseMediaType(ProblemDocument.MEDIA_TYPE))
                .body(ProblemDocument.of(
                        problem,
                        request.getRequestURI(),
                        Correlation.current().map(Correlation::id).orElse(null)));
    }
}
