package io.metachat.service.http;

import io.metachat.service.error.ProblemDocument;
import io.metachat.service.error.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.util.DisconnectedClientHelper;

/** Turns every failure that no other advice handles into {@code application/problem+json}, without any further detail. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class HttpProblems {

    private static final Logger log = LoggerFactory.getLogger(HttpProblems.class);

    private final Problems problems;

    HttpProblems(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler(Exception.class)
    @Nullable
    ResponseEntity<ProblemDocument> problem(Exception thrown, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (DisconnectedClientHelper.isClientDisconnectedException(thrown)) {
            log.debug("A client left before its response was complete");
            return null;
        }
        if (response.isCommitted()) {
            // The container then breaks the connection: a client must not take half a download for a whole one.
            log.warn("A response broke off: {}", thrown.getClass().getSimpleName());
            throw thrown;
        }
        response.resetBuffer();
        if (thrown instanceof ErrorResponse refusal && refusal.getStatusCode().is4xxClientError()) {
            HttpStatus status = HttpStatus.valueOf(refusal.getStatusCode().value());
            ResponseEntity<ProblemDocument> answer =
                    ProblemResponses.of(ProblemResponses.ofStatus(status), status, request, response);
            return ResponseEntity.status(answer.getStatusCode())
                    .headers(headers -> {
                        headers.addAll(refusal.getHeaders());
                        headers.addAll(answer.getHeaders());
                    })
                    .body(answer.getBody());
        }
        return ProblemResponses.of(problems.of(thrown), request, response);
    }
}
