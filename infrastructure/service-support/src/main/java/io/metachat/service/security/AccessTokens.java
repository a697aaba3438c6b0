package io.metachat.service.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Issues access tokens in the JWT profile of RFC 9068, signed with HS256. Thread-safe. */
public final class AccessTokens {

    static final JWSAlgorithm ALGORITHM = JWSAlgorithm.HS256;
    static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    static final String CLIENT_ID = "client_id";
    static final String ROLES = "roles";

    private final JwtProperties properties;
    private final Clock clock;
    private final MACSigner signer;

    public AccessTokens(JwtProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
        try {
            this.signer = new MACSigner(properties.key());
        } catch (JOSEException e) {
            throw new IllegalStateException("The JWT secret cannot be used as a key for " + ALGORITHM, e);
        }
    }

    /**
     * Issues a token for a user.
     *
     * @param userId becomes the subject
     * @param roles such as {@link Caller#OPERATOR}; usually none
     * @param clientId the client that the person uses, such as {@code web}
     */
    public IssuedToken issue(UUID userId, Set<String> roles, String clientId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = now.plus(properties.accessTokenLifetime());
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(properties.issuer())
                .audience(properties.audience())
                .subject(userId.toString())
                .claim(CLIENT_ID, clientId)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiresAt))
                .jwtID(UUID.randomUUID().toString());
        if (!roles.isEmpty()) {
            claims.claim(ROLES, List.copyOf(new TreeSet<>(roles)));
        }
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(ALGORITHM).type(TYPE).build(), claims.build());
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot sign an access token", e);
        }
        return new IssuedToken(token.serialize(), expiresAt);
    }
}
