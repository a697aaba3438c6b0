package io.metachat.local.operator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * An access token with the operator role, in the JWT profile of RFC 9068, accepted by the services of the same home.
 * Everyone who can read the home's secret is its operator; a local system has no operator accounts.
 */
public final class OperatorToken {

    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final String ALGORITHM = "HmacSHA256";
    private static final JsonMapper JSON = new JsonMapper();

    private OperatorToken() {}

    /** @param secret the home's secret, from {@link io.metachat.local.home.Home#jwtSecret()} */
    public static String signed(String secret, Instant now) {
        String header = encoded(JSON.writeValueAsBytes(Map.of("alg", "HS256", "typ", "at+jwt")));
        String claims = encoded(JSON.writeValueAsBytes(Map.of(
                "iss", "https://metachat.invalid",
                "aud", "metachat-api",
                "sub", UUID.randomUUID().toString(),
                "client_id", "metachat-command",
                "jti", UUID.randomUUID().toString(),
                "iat", now.getEpochSecond(),
                "exp", now.plus(LIFETIME).getEpochSecond(),
                "roles", List.of("operator"))));
        String content = header + "." + claims;
        return content + "." + encoded(signature(content, secret));
    }

    private static byte[] signature(String content, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
