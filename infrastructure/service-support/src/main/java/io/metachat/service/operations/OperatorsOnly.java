package io.metachat.service.operations;

import io.metachat.service.error.Problem;
import io.metachat.service.security.AccessTokenException;
import io.metachat.service.security.AccessTokenVerifier;
import io.metachat.service.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Admits only operators to {@code /operations}. */
final class OperatorsOnly implements WebMvcConfigurer, HandlerInterceptor {

    private static final String BEARER = "Bearer ";

    private final AccessTokenVerifier verifier;

    OperatorsOnly(AccessTokenVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/operations/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null || !authorization.startsWith(BEARER)) {
            throw Problem.unauthenticated("unauthenticated", "An access token is required.")
                    .toException();
        }
        if (!caller(authorization.substring(BEARER.length()).trim()).isOperator()) {
            throw Problem.forbidden("This requires the role of an operator.").toException();
        }
        return true;
    }

    private Caller caller(String token) {
        try {
            return verifier.verify(token);
        } catch (AccessTokenException refused) {
            throw refused.problem().toException();
        }
    }
}
