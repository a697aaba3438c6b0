package io.metachat.service.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import io.metachat.service.security.AccessTokenException.Reason;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens by the rules of RFC 9068 and RFC 8725: one pinned algorithm, the explicit type {@code at+jwt},
 * issuer, audience, times, and every claim that the profile requires. Thread-safe.
 */
public final class AccessTokenVerifier {

    // Several times the length of an issued token; a longer one is not worth parsing.
    private static final int MAX_LENGTH = 4_096;

    private final ClaimsVerifier claimsVerifier;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    public AccessTokenVerifier(JwtProperties properties, Clock clock) {
        this.claimsVerifier = new ClaimsVerifier(properties, clock);
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(AccessTokens.TYPE));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(AccessTokens.ALGORITHM, new ImmutableSecret<>(properties.key())));
        processor.setJWTClaimsSetVerifier(claimsVerifier);
    }

    /**
     * Returns the caller that a valid token names.
     *
     * @throws AccessTokenException when the token is not valid
     */
    public Caller verify(String token) {
        SignedJWT jwt = parse(token);
        try {
            return caller(processor.process(jwt, null));
        } catch (BadJOSEException | JOSEException rejected) {
            throw new AccessTokenException(reason(jwt, rejected), rejected);
        } catch (ParseException | IllegalArgumentException malformed) {
            throw new AccessTokenException(Reason.CLAIMS, malformed);
        }
    }

    private static SignedJWT parse(String token) {
        if (token.length() > MAX_LENGTH) {
            throw new AccessTokenException(Reason.MALFORMED);
        }
        try {
            JWT jwt = JWTParser.parse(token);
            if (jwt instanceof SignedJWT signed) {
                return signed;
            }
            throw new AccessTokenException(Reason.ALGORITHM);
        } catch (ParseException malformed) {
            throw new AccessTokenException(Reason.MALFORMED, malformed);
        }
    }

    private static Caller caller(JWTClaimsSet claims) throws ParseException {
        return new Caller(
                UUID.fromString(claims.getSubject()),
                required(claims.getStringClaim(AccessTokens.CLIENT_ID)),
                roles(claims),
                required(claims.getJWTID()),
                claims.getExpirationTime().toInstant());
    }

    private static Set<String> roles(JWTClaimsSet claims) throws ParseException {
        List<String> roles = claims.getStringListClaim(AccessTokens.ROLES);
        return roles == null ? Set.of() : Set.copyOf(roles);
    }

    private static String required(@Nullable String claim) {
        if (claim == null || claim.isBlank()) {
            throw new AccessTokenException(Reason.CLAIMS);
        }
        return claim;
    }

    /** The decision is the processor's; this only explains it. */
    private Reason reason(SignedJWT jwt, Exception rejected) {
        if (rejected instanceof ExpiredJWTException) {
            return Reason.EXPIRED;
        }
        if (rejected instanceof BadJWTException) {
            return claimsVerifier.reason(jwt);
        }
        if (rejected instanceof BadJWSException || rejected instanceof JOSEException) {
            return Reason.SIGNATURE;
        }
        JWSHeader header = jwt.getHeader();
        return AccessTokens.TYPE.equals(header.getType()) ? Reason.ALGORITHM : Reason.TYPE;
    }
}
