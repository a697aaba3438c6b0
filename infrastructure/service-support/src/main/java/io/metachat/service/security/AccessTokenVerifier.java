package io.metachat.service.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.metachat.service.security.AccessTokenException.Reason;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Believes an access token or says why not, by the rules of RFC 9068 and RFC 8725: one pinned algorithm, the explicit
 * type {@code at+jwt}, issuer, audience, times, and every claim that the profile requires. Thread-safe.
 */
public final class AccessTokenVerifier {

    // Far above what is issued; what is longer is not worth parsing.
    private static final int LONGEST_TOKEN = 4_096;

    private final JwtProperties properties;
    private final Clock clock;
    private final MACVerifier signature;

    public AccessTokenVerifier(JwtProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
        try {
            this.signature = new MACVerifier(properties.key());
        } catch (JOSEException e) {
            throw new IllegalStateException("The JWT secret cannot be used as a key", e);
        }
    }

    /**
     * Who the token speaks for.
     *
     * @throws AccessTokenException when it is not believed
     */
    public Caller verify(String token) {
        SignedJWT jwt = parse(token);
        requireHeader(jwt.getHeader());
        requireSignature(jwt);
        try {
            return caller(jwt.getJWTClaimsSet());
        } catch (ParseException e) {
            throw new AccessTokenException(Reason.CLAIMS, e);
        }
    }

    private static SignedJWT parse(String token) {
        if (token.length() > LONGEST_TOKEN) {
            throw new AccessTokenException(Reason.MALFORMED);
        }
        try {
            return SignedJWT.parse(token);
        } catch (ParseException e) {
            // The parser refuses alg=none like any other token that is not signed; the reason should say so.
            throw new AccessTokenException(unsigned(token) ? Reason.ALGORITHM : Reason.MALFORMED, e);
        }
    }

    private static boolean unsigned(String token) {
        try {
            PlainJWT.parse(token);
            return true;
        } catch (ParseException notPlain) {
            return false;
        }
    }

    private static void requireHeader(JWSHeader header) {
        if (!AccessTokens.ALGORITHM.equals(header.getAlgorithm())) {
            throw new AccessTokenException(Reason.ALGORITHM);
        }
        if (!AccessTokens.TYPE.equals(header.getType())) {
            throw new AccessTokenException(Reason.TYPE);
        }
    }

    private void requireSignature(SignedJWT jwt) {
        boolean valid;
        try {
            valid = jwt.verify(signature);
        } catch (JOSEException e) {
            throw new AccessTokenException(Reason.SIGNATURE, e);
        }
        if (!valid) {
            throw new AccessTokenException(Reason.SIGNATURE);
        }
    }

    private Caller caller(JWTClaimsSet claims) throws ParseException {
        if (!properties.issuer().equals(claims.getIssuer())) {
            throw new AccessTokenException(Reason.ISSUER);
        }
        if (!claims.getAudience().contains(properties.audience())) {
            throw new AccessTokenException(Reason.AUDIENCE);
        }
        Instant expiresAt = requireTimes(claims);
        String subject = required(claims.getSubject());
        String clientId = required(claims.getStringClaim(AccessTokens.CLIENT_ID));
        String tokenId = required(claims.getJWTID());
        return new Caller(subject, clientId, roles(claims), scopes(claims), tokenId, expiresAt);
    }

    private Instant requireTimes(JWTClaimsSet claims) {
        Date expiration = claims.getExpirationTime();
        Date issued = claims.getIssueTime();
        if (expiration == null || issued == null) {
            throw new AccessTokenException(Reason.CLAIMS);
        }
        Instant now = clock.instant();
        if (!now.isBefore(expiration.toInstant().plus(properties.clockSkew()))) {
            throw new AccessTokenException(Reason.EXPIRED);
        }
        Instant latest = now.plus(properties.clockSkew());
        Date notBefore = claims.getNotBeforeTime();
        if (issued.toInstant().isAfter(latest)
                || (notBefore != null && notBefore.toInstant().isAfter(latest))) {
            throw new AccessTokenException(Reason.NOT_YET_VALID);
        }
        return expiration.toInstant();
    }

    private static Set<String> roles(JWTClaimsSet claims) throws ParseException {
        List<String> roles = claims.getStringListClaim(AccessTokens.ROLES);
        return roles == null ? Set.of() : Set.copyOf(roles);
    }

    private static Set<String> scopes(JWTClaimsSet claims) throws ParseException {
        String scope = claims.getStringClaim(AccessTokens.SCOPE);
        return scope == null || scope.isBlank()
                ? Set.of()
                : Set.copyOf(List.of(scope.trim().split(" +")));
    }

    private static String required(@Nullable String claim) {
        if (claim == null || claim.isBlank()) {
            throw new AccessTokenException(Reason.CLAIMS);
        }
        return claim;
    }
}
