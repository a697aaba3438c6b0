package io.metachat.service.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Issues access tokens in the JWT profile of RFC 9068, signed with HS256. Thread-safe. */
public final class AccessTokens {

    static final JWSAlgorithm ALGORITHM = JWSAlgorithm.HS256;
    static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    static final String CLIENT_ID = "client_id";
    static final String SCOPE = "scope";
    static final String ROLES = "roles";

    private final JwtProperties properties;
    private final Clock clock;
    private final String service;
    private final MACSigner signer;
    private final AtomicReference<@Nullable IssuedToken> serviceToken = new AtomicReference<>();

    /** @param service the name under which this service calls others */
    public AccessTokens(JwtProperties properties, Clock clock, String service) {
        this.properties = properties;
        this.clock = clock;
        this.service = service;
        try {
            this.signer = new MACSigner(properties.key());
        } catch (JOSEException e) {
            throw new IllegalStateException("The JWT secret cannot be used as a key for " + ALGORITHM, e);
        }
    }

    /**
     * A token for a person.
     *
     * @param userId becomes the subject
     * @param roles such as {@link Caller#OPERATOR}; usually none
     * @param clientId the client that the person uses, such as {@code web}
     */
    public IssuedToken issue(UUID userId, Set<String> roles, String clientId) {
        return sign(userId.toString(), clientId, roles, Set.of(), properties.accessTokenLifetime());
    }

    /** A token of this service itself, for calls that no user asked for. The same one until it is nearly over. */
    public IssuedToken forService() {
        IssuedToken current = serviceToken.get();
        Duration lifetime = properties.serviceTokenLifetime();
        if (current != null && clock.instant().isBefore(current.expiresAt().minus(lifetime.dividedBy(4)))) {
            return current;
        }
        IssuedToken next = sign(service, service, Set.of(), Set.of(Caller.SERVICE_SCOPE), lifetime);
        serviceToken.set(next);
        return next;
    }

    private IssuedToken sign(
            String subject, String clientId, Set<String> roles, Set<String> scopes, Duration lifetime) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = now.plus(lifetime);
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(properties.issuer())
                .audience(properties.audience())
                .subject(subject)
                .claim(CLIENT_ID, clientId)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiresAt))
                .jwtID(UUID.randomUUID().toString());
        if (!roles.isEmpty()) {
            claims.claim(ROLES, sorted(roles));
        }
        if (!scopes.isEmpty()) {
            claims.claim(SCOPE, String.join(" ", sorted(scopes)));
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

    private static List<String> sorted(Set<String> values) {
        List<String> sorted = new ArrayList<>(values);
        sorted.sort(null);
        return sorted;
    }
}
