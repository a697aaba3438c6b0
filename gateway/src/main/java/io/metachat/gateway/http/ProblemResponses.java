package io.metachat.gateway.http;

import io.metachat.service.correlation.CorrelationFilter;
import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.error.ProblemDocument;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Problems as HTTP responses. */
final class ProblemResponses {

    private ProblemResponses() {}

    static ResponseEntity<ProblemDocument> of(
            Problem problem, HttpServletRequest request, HttpServletResponse response) {
        return of(problem, status(problem), request, response);
    }

    /** @param status more exact than the problem's category, where HTTP has a status of its own */
    static ResponseEntity<ProblemDocument> of(
            Problem problem, HttpStatus status, HttpServletRequest request, HttpServletResponse response) {
        return ResponseEntity.status(status)
                .headers(headers(problem))
                .contentType(MediaType.parseMediaType(ProblemDocument.MEDIA_TYPE))
                .body(document(problem, status, request, response));
    }

    /** For filters, which run before the dispatcher. */
    static void write(
            Problem problem,
            HttpStatus status,
            HttpServletRequest request,
            HttpServletResponse response,
            JsonMapper json)
            throws IOException {
        response.setStatus(status.value());
        headers(problem).forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.setContentType(ProblemDocument.MEDIA_TYPE);
        response.getOutputStream().write(json.writeValueAsBytes(document(problem, status, request, response)));
    }

    private static HttpStatus status(Problem problem) {
        return HttpStatus.valueOf(problem.category().httpStatus());
    }

    private static ProblemDocument document(
            Problem problem, HttpStatus status, HttpServletRequest request, HttpServletResponse response) {
        ProblemDocument document =
                ProblemDocument.of(problem, request.getRequestURI(), response.getHeader(CorrelationFilter.HEADER));
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
            long seconds = Math.max(1, problem.retryAfter().toSeconds());
            headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        }
        if (problem.category() == ProblemCategory.UNAUTHENTICATED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"metachat\"");
        }
        return headers;
    }
}
