package io.metachat.gateway.http;

import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import io.metachat.service.http.ProblemResponses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects a query string that cannot be parsed, such as {@code ?tag=100%} or {@code ?=x}, before a route reads it. The
 * servlet container throws at the first use of a parameter, which would look like a defect of ours.
 */
public final class QueryStringFilter extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(QueryStringFilter.class);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getQueryString() == null || isWellFormed(request)) {
            chain.doFilter(request, response);
            return;
        }
        // Without the value: a search term is as private as an entry.
        log.info("Rejected a malformed query string");
        ProblemResponses.write(
                Problem.of("malformed-query", ProblemCategory.INVALID, "The query string is malformed."),
                HttpStatus.BAD_REQUEST,
                request,
                response);
    }

    private static boolean isWellFormed(HttpServletRequest request) {
        try {
            request.getParameterMap();
            return true;
        } catch (IllegalStateException malformed) {
            return false;
        }
    }
}
