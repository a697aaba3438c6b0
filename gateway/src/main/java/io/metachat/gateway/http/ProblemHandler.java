package io.metachat.gateway.http;

import io.metachat.service.error.FieldError;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.error.ProblemDocument;
import io.metachat.service.error.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns every failure into {@code application/problem+json}, without any further detail. */
@RestControllerAdvice
class ProblemHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    private final Problems problems;

    ProblemHandler(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler(HttpMessageNotReadableException.class)
    ResponseEntity<ProblemDocument> unreadable(
            HttpMessageNotReadableException thrown, HttpServletRequest request, HttpServletResponse response) {
        return ProblemResponses.of(bodyProblem(thrown.getCause()), request, response);
    }

    @ExceptionHandler(DatabindException.class)
    ResponseEntity<ProblemDocument> mismatched(
            DatabindException thrown, HttpServletRequest request, HttpServletResponse response) {
        return ProblemResponses.of(bodyProblem(thrown), request, response);
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    ResponseEntity<ProblemDocument> mismatchedParameter(
            MethodArgumentTypeMismatchException thrown, HttpServletRequest request, HttpServletResponse response) {
        return ProblemResponses.of(invalid(thrown.getName(), "has the wrong type"), request, response);
    }

    @ExceptionHandler(MissingServletRequestParameterException.class)
    ResponseEntity<ProblemDocument> missingParameter(
            MissingServletRequestParameterException thrown, HttpServletRequest request, HttpServletResponse response) {
        return ProblemResponses.of(invalid(thrown.getParameterName(), "is required"), request, response);
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<ProblemDocument> other(Exception thrown, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (response.isCommitted()) {
            // The container then breaks the connection: a client must not take half a download for a whole one.
            log.warn("A response broke off: {}", thrown.getClass().getSimpleName());
            throw thrown;
        }
        response.resetBuffer();
        if (thrown instanceof ErrorResponse refusal && refusal.getStatusCode().is4xxClientError()) {
            HttpStatus status = HttpStatus.valueOf(refusal.getStatusCode().value());
            ResponseEntity<ProblemDocument> answer = ProblemResponses.of(ofStatus(status), status, request, response);
            return ResponseEntity.status(answer.getStatusCode())
                    .headers(headers -> {
                        headers.addAll(refusal.getHeaders());
                        headers.addAll(answer.getHeaders());
                    })
                    .body(answer.getBody());
        }
        return ProblemResponses.of(problems.of(thrown), request, response);
    }

    private static Problem bodyProblem(@Nullable Throwable cause) {
        if (cause instanceof UnrecognizedPropertyException unknown) {
            return invalid(path(unknown), "is not a field of this request");
        }
        if (cause instanceof DatabindException mismatch && !mismatch.getPath().isEmpty()) {
            return invalid(path(mismatch), "has the wrong type or form");
        }
        return Problem.of(
                "malformed-json",
                ProblemCategory.INVALID,
                cause instanceof JacksonException
                        ? "The request body is not the expected JSON object."
                        : "The request body is missing.");
    }

    private static String path(DatabindException mismatch) {
        return mismatch.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static Problem invalid(String field, String rule) {
        return Problem.invalid(List.of(new FieldError(field, rule)));
    }

    private static Problem ofStatus(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> Problem.notFound("no-such-route", "No route has this path.");
            case METHOD_NOT_ALLOWED ->
                Problem.of("method-not-allowed", ProblemCategory.INVALID, "The route does not support this method.");
            case UNSUPPORTED_MEDIA_TYPE ->
                Problem.of("unsupported-media-type", ProblemCategory.INVALID, "The request body must be JSON.");
            case NOT_ACCEPTABLE ->
                Problem.of(
                        "not-acceptable",
                        ProblemCategory.INVALID,
                        "The response is not available in an accepted form.");
            default -> Problem.of("bad-request", ProblemCategory.INVALID, "The request is not valid.");
        };
    }
}
