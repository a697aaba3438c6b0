package io.metachat.gateway.http;

import io.metachat.service.error.FieldError;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.error.ProblemDocument;
import io.metachat.service.http.ProblemResponses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Names the field of a request that cannot be read. Every other failure is left to the services' common advice. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemHandler {

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
}
