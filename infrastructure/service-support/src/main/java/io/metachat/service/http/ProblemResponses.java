package io.metachat.service.http;

import io.metachat.service.correlation.CorrelationFilter;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.error.ProblemDocument;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Problems as HTTP responses. */
public final class ProblemResponses {

    private ProblemResponses() {}

    public static ResponseEntity<ProblemDocument> of(
            Problem problem, HttpServletRequest request, HttpServletResponse response) {
        return of(problem, status(problem), request, response);
    }

    /** @param status more exact than the problem's category, where HTTP has a status of its own */
    public static ResponseEntity<ProblemDocument> of(
            Problem problem, HttpStatus status, HttpServletRequest request, HttpServletResponse response) {
        return ResponseEntity.status(status)
                .headers(headers(problem))
                .contentType(MediaType.parseMediaType(ProblemDocument.MEDIA_TYPE))
                .body(document(problem, status, request, response));
    }

    /** Writes the response in a filter, which runs before the dispatcher. */
    public static void write(
            Problem problem, HttpStatus status, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setStatus(status.value());
        headers(problem).forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
        response.setContentType(ProblemDocument.MEDIA_TYPE);
        byte[] document = JsonMapper.shared().writeValueAsBytes(document(problem, status, request, response));
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }

    /** Writes the response with the status of the problem's category. */
    public static void write(Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(problem, status(problem), request, response);
    }

    /** Returns the problem of a status that the framework or the container chose. */
    static Problem ofStatus(HttpStatus status) {
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
            default ->
                status.is5xxServerError()
                        ? Problem.internal()
                        : Problem.of("bad-request", ProblemCategory.INVALID, "The request is not valid.");
        };
    }

    private static HttpStatus status(Problem problem) {
        return HttpStatus.valueOf(problem.category().httpStatus());
    }

    private static ProblemDocument document(
            Problem problem, HttpStatus status, HttpServletRequest request, HttpServletResponse response) {
        String path = Optional.ofNullable(request.getRequestURI()).orElse("");
        ProblemDocument document = ProblemDocument.of(problem, path, response.getHeader(CorrelationFilter.HEADER));
        return status == status(problem)
                ? document
                : new ProblemDocument(
                        document.type(),
                        status.getReasonPhrase(),
                        status.value(),
                        document.detail(),
                        document.instance(),
                        document.correlationId(),
                        document.errors());
    }

    private static HttpHeaders headers(Problem problem) {
        HttpHeaders headers = new HttpHeaders();
        if (problem.retryAfter() != null) {
            long seconds = Math.max(1, (problem.retryAfter().toMillis() + 999) / 1000);
            headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        } else if (problem.category() == ProblemCategory.UNAVAILABLE
                || problem.category() == ProblemCategory.TOO_MANY) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        }
        if (problem.category() == ProblemCategory.UNAUTHENTICATED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"metachat\"");
        }
        return headers;
    }
}
