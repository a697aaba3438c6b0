package io.metachat.gateway.http;

import io.metachat.service.error.Problem;
import io.metachat.service.security.AccessTokenException;
import io.metachat.service.security.AccessTokenVerifier;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a route its {@link Exchange}, and rejects a request without a valid access token. */
public final class ExchangeResolver implements HandlerMethodArgumentResolver {

    private static final String BEARER = "bearer ";

    private final AccessTokenVerifier tokens;

    public ExchangeResolver(AccessTokenVerifier tokens) {
        this.tokens = tokens;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Exchange.class;
    }

    @Override
    public Exchange resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
        HttpServletResponse response = Objects.requireNonNull(web.getNativeResponse(HttpServletResponse.class));
        if (parameter.hasParameterAnnotation(Anonymous.class)) {
            return new Exchange(request, response, null, null);
        }
        String token = token(request.getHeader(HttpHeaders.AUTHORIZATION));
        try {
            return new Exchange(request, response, token, tokens.verify(token));
        } catch (AccessTokenException refused) {
            throw refused.problem().toException();
        }
    }

    private static String token(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            throw Problem.unauthenticated("token-missing", "An access token is required: Authorization: Bearer …")
                    .toException();
        }
        return authorization.substring(BEARER.length()).trim();
    }
}
