package io.metachat.service.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/** Serves the probes on the management port under the paths that they have on the service's port. */
final class ProbePathsFilter extends OncePerRequestFilter {

    /** A health group has at most one additional path, and that is the one on the service's port. */
    private static final Map<String, String> GROUPS =
            Map.of("/health", "/health-groups/liveness", "/ready", "/health-groups/readiness");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String group = GROUPS.get(request.getServletPath());
        if (group == null) {
            chain.doFilter(request, response);
        } else {
            request.getRequestDispatcher(group).forward(request, response);
        }
    }
}
