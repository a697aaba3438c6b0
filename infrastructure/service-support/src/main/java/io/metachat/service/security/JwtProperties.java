package io.metachat.service.security;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How access tokens are issued and verified.
 *
 * @param secret the key that all services share; from {@code JWT_SECRET}, at least 32 bytes
 * @param issuer the {@code iss} claim
 * @param audience the {@code aud} claim
 * @param accessTokenLifetime how long an access token is valid
 * @param clockSkew how far the clocks of two machines may differ
 */
@ConfigurationProperties("metachat.security.jwt")
public record JwtProperties(
        String secret,
        @DefaultValue("https://metachat.invalid") String issuer,
        @DefaultValue("metachat-api") String audience,
        @DefaultValue("15m") Duration accessTokenLifetime,
        @DefaultValue("10s") Duration clockSkew) {

    /** RFC 7518, section 3.2: a key for HS256 is at least as long as the hash. */
    public static final int SHORTEST_SECRET = 32;

    public JwtProperties {
        if (secret.getBytes(StandardCharsets.UTF_8).length < SHORTEST_SECRET) {
            throw new IllegalArgumentException("JWT_SECRET must have at least " + SHORTEST_SECRET + " bytes");
        }
    }

    byte[] key() {
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "JwtProperties[issuer=" + issuer + ", audience=" + audience + "]";
    }
}
