package io.metachat.service.correlation;

import io.metachat.service.call.MetadataKeys;
import io.metachat.service.logging.ServiceName;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Accepts or starts a correlation for each HTTP request, and returns its id to the client. */
public final class CorrelationFilter extends OncePerRequestFilter {

    /** The header in requests and responses. */
    public static final String HEADER = "X-Correlation-Id";

    private static final String ATTRIBUTE = CorrelationFilter.class.getName();

    private final String service;

    public CorrelationFilter(String service) {
        this.service = service;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Correlation correlation = correlationOf(request);
        response.setHeader(HEADER, correlation.id());
        try (ServiceName.Scope name = ServiceName.open(service);
                Correlation.Scope scope = correlation.open()) {
            chain.doFilter(request, response);
        }
    }

    // Asynchronous and error dispatches run on other threads and belong to the same request.
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    private static Correlation correlationOf(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Correlation correlation) {
            return correlation;
        }
        Correlation correlation =
                Correlation.accept(request.getHeader(HEADER), request.getHeader(MetadataKeys.TRACEPARENT));
        request.setAttribute(ATTRIBUTE, correlation);
        return correlation;
    }
}
