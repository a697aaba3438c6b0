package io.metachat.service.security;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimNames;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import io.metachat.service.security.AccessTokenException.Reason;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Verifies the claims of an access token: those of RFC 9068, and that it was not issued in the future. */
final class ClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {

    private static final Set<String> REQUIRED = Set.of(
            JWTClaimNames.SUBJECT,
            JWTClaimNames.EXPIRATION_TIME,
            JWTClaimNames.ISSUED_AT,
            JWTClaimNames.JWT_ID,
            AccessTokens.CLIENT_ID);

    private final JwtProperties properties;
    private final Clock clock;

    ClaimsVerifier(JwtProperties properties, Clock clock) {
        super(
                properties.audience(),
                new JWTClaimsSet.Builder().issuer(properties.issuer()).build(),
                REQUIRED);
        this.properties = properties;
        this.clock = clock;
        setMaxClockSkew(Math.toIntExact(properties.clockSkew().toSeconds()));
    }

    @Override
    protected Date currentTime() {
        return Date.from(clock.instant());
    }

    @Override
    public void verify(JWTClaimsSet claims, @Nullable SecurityContext context) throws BadJWTException {
        super.verify(claims, context);
        if (isInTheFuture(claims.getIssueTime())) {
            throw new BadJWTException("JWT issued in the future");
        }
    }

    /** Returns the reason for which {@link #verify} rejected the claims of {@code jwt}. */
    Reason reason(SignedJWT jwt) {
        JWTClaimsSet claims;
        try {
            claims = jwt.getJWTClaimsSet();
        } catch (ParseException malformed) {
            return Reason.CLAIMS;
        }
        if (!properties.issuer().equals(claims.getIssuer())) {
            return Reason.ISSUER;
        }
        if (!claims.getAudience().contains(properties.audience())) {
            return Reason.AUDIENCE;
        }
        return isInTheFuture(claims.getIssueTime()) || isInTheFuture(claims.getNotBeforeTime())
                ? Reason.NOT_YET_VALID
                : Reason.CLAIMS;
    }

    private boolean isInTheFuture(@Nullable Date time) {
        return time != null && time.toInstant().isAfter(clock.instant().plus(properties.clockSkew()));
    }
}
