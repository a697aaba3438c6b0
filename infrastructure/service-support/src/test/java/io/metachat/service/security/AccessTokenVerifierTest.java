package io.metachat.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.metachat.service.security.AccessTokenException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenVerifierTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final JwtProperties PROPERTIES = properties(SECRET);
    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

    private final UUID user = UUID.randomUUID();
    private final AccessTokenVerifier verifier = verifierAt(NOW);

    @Test
    void shouldAcceptATokenOfAUser() {
        IssuedToken token = tokensAt(NOW).issue(user, Set.of("operator"), "web");

        Caller caller = verifier.verify(token.value());

        assertThat(caller.userId()).isEqualTo(user);
        assertThat(caller.clientId()).isEqualTo("web");
        assertThat(caller.isOperator()).isTrue();
        assertThat(caller.expiresAt()).isEqualTo(token.expiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(15)));
        assertThat(caller.tokenId()).isNotBlank();
    }

    @Test
    void shouldAllowClocksToDifferALittle() {
        String token = tokensAt(NOW).issue(user, Set.of(), "web").value();

        assertThat(verifierAt(NOW.plusSeconds(900 + 9)).verify(token)).isNotNull();
        assertThat(reasonAt(NOW.plusSeconds(900 + 10), token)).isEqualTo(Reason.EXPIRED);
        assertThat(verifierAt(NOW.minusSeconds(10)).verify(token)).isNotNull();
        assertThat(reasonAt(NOW.minusSeconds(11), token)).isEqualTo(Reason.NOT_YET_VALID);
    }

    @Test
    void shouldRefuseATokenWithoutASignature() {
        assertThat(reasonAt(NOW, new PlainJWT(claims().build()).serialize())).isEqualTo(Reason.ALGORITHM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS384", "HS512"})
    void shouldRefuseAnotherAlgorithmEvenWithTheRightKey(String algorithm) throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.parse(algorithm))
                .type(ACCESS_TOKEN)
                .build();

        assertThat(reasonAt(NOW, signed(header, claims().build(), SECRET))).isEqualTo(Reason.ALGORITHM);
    }

    @Test
    void shouldRefuseAnotherKindOfToken() throws JOSEException {
        JWSHeader idToken = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .build();
        JWSHeader untyped = new JWSHeader.Builder(JWSAlgorithm.HS256).build();

        assertThat(reasonAt(NOW, signed(idToken, claims().build(), SECRET))).isEqualTo(Reason.TYPE);
        assertThat(reasonAt(NOW, signed(untyped, claims().build(), SECRET))).isEqualTo(Reason.TYPE);
    }

    @Test
    void shouldRefuseAForgedToken() throws JOSEException {
        String forged = signed(header(), claims().build(), "another secret of at least thirty-two bytes");
        String genuine = tokensAt(NOW).issue(user, Set.of(), "web").value();
        String[] parts = genuine.split("\\.");
        String promoted =
                tokensAt(NOW).issue(user, Set.of("operator"), "web").value().split("\\.")[1];

        assertThat(reasonAt(NOW, forged)).isEqualTo(Reason.SIGNATURE);
        assertThat(reasonAt(NOW, parts[0] + "." + promoted + "." + parts[2])).isEqualTo(Reason.SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "..", "eyJhbGciOiJIUzI1NiJ9..", "\u0000"})
    void shouldRefuseWhatIsNoToken(String text) {
        assertThat(reasonAt(NOW, text)).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void shouldRefuseATokenThatIsFarTooLong() {
        assertThat(reasonAt(NOW, "x".repeat(5_000))).isEqualTo(Reason.MALFORMED);
    }

    static Stream<Arguments> wrongClaims() {
        return Stream.of(
                wrong(claims -> claims.issuer("https://elsewhere.example"), Reason.ISSUER),
                wrong(claims -> claims.issuer(null), Reason.ISSUER),
                wrong(claims -> claims.audience("another-api"), Reason.AUDIENCE),
                wrong(claims -> claims.audience((String) null), Reason.AUDIENCE),
                wrong(claims -> claims.expirationTime(null), Reason.CLAIMS),
                wrong(claims -> claims.issueTime(null), Reason.CLAIMS),
                wrong(claims -> claims.subject(null), Reason.CLAIMS),
                wrong(claims -> claims.subject("diary-service"), Reason.CLAIMS),
                wrong(claims -> claims.claim("client_id", " "), Reason.CLAIMS),
                wrong(claims -> claims.jwtID(""), Reason.CLAIMS),
                wrong(claims -> claims.expirationTime(Date.from(NOW.minusSeconds(60))), Reason.EXPIRED),
                wrong(claims -> claims.issueTime(Date.from(NOW.plusSeconds(60))), Reason.NOT_YET_VALID),
                wrong(claims -> claims.jwtID(null), Reason.CLAIMS),
                wrong(claims -> claims.claim("client_id", null), Reason.CLAIMS),
                wrong(claims -> claims.claim("client_id", 7), Reason.CLAIMS),
                wrong(claims -> claims.claim("roles", "operator"), Reason.CLAIMS),
                wrong(claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(60))), Reason.NOT_YET_VALID));
    }

    @ParameterizedTest
    @MethodSource("wrongClaims")
    void shouldRefuseWrongClaims(UnaryOperator<JWTClaimsSet.Builder> change, Reason reason) throws JOSEException {
        assertThat(reasonAt(NOW, signed(header(), change.apply(claims()).build(), SECRET)))
                .isEqualTo(reason);
    }

    @Test
    void shouldNotNameTheTokenOrTheSecret() {
        assertThat(tokensAt(NOW).issue(user, Set.of(), "web").toString()).doesNotContain("eyJ");
        assertThat(PROPERTIES.toString()).doesNotContain(SECRET);
        assertThatThrownBy(() -> verifier.verify("eyJsecret")).hasMessageNotContaining("eyJsecret");
    }

    @Test
    void shouldRefuseAShortSecret() {
        assertThatThrownBy(() -> properties("x".repeat(31))).hasMessageContaining("JWT_SECRET");
    }

    private static Arguments wrong(UnaryOperator<JWTClaimsSet.Builder> change, Reason reason) {
        return Arguments.of(change, reason);
    }

    private static JWSHeader header() {
        return new JWSHeader.Builder(JWSAlgorithm.HS256).type(ACCESS_TOKEN).build();
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(PROPERTIES.issuer())
                .audience(PROPERTIES.audience())
                .subject(UUID.randomUUID().toString())
                .claim("client_id", "web")
                .jwtID("id")
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(60)));
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, String secret) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
        return jwt.serialize();
    }

    private static Reason reasonAt(Instant now, String token) {
        try {
            verifierAt(now).verify(token);
        } catch (AccessTokenException refused) {
            return refused.reason();
        }
        throw new AssertionError("The token was accepted");
    }

    private static AccessTokenVerifier verifierAt(Instant now) {
        return new AccessTokenVerifier(PROPERTIES, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static AccessTokens tokensAt(Instant now) {
        return new AccessTokens(PROPERTIES, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static JwtProperties properties(String secret) {
        return new JwtProperties(
                secret, "https://metachat.invalid", "metachat-api", Duration.ofMinutes(15), Duration.ofSeconds(10));
    }
}
