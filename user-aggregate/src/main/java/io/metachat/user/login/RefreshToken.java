package io.metachat.user.login;

import io.metachat.domain.LoginId;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A refresh token: {@code <login id>.<secret>}. The secret has 256 random bits, so that its plain SHA-256 may be stored:
 * nothing can be guessed.
 */
public record RefreshToken(LoginId loginId, String secret) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET = 32;
    private static final String HMAC = "HmacSHA256";
    private static final Pattern FORM = Pattern.compile("([0-9a-f-]{36})\\.([A-Za-z0-9_-]{43})");

    /** The first token of a new login. */
    public static RefreshToken first() {
        return next(new LoginId(UUID.randomUUID()));
    }

    /** Another token of a login. */
    public static RefreshToken next(LoginId loginId) {
        byte[] secret = new byte[SECRET];
        RANDOM.nextBytes(secret);
        return new RefreshToken(loginId, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /**
     * The successor that follows from this token and from a key that only its holder knows: the same again for a
     * repeated exchange, while somebody with a copy of the token alone cannot have it.
     */
    public RefreshToken successor(String idempotencyKey) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            byte[] next = mac.doFinal(idempotencyKey.getBytes(StandardCharsets.UTF_8));
            return new RefreshToken(
                    loginId, Base64.getUrlEncoder().withoutPadding().encodeToString(next));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
        }
    }

    /** @throws DomainException {@link DomainError#REFRESH_TOKEN_INVALID} when it is none of ours */
    public static RefreshToken parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw invalid();
        }
        try {
            return new RefreshToken(LoginId.parse(parts.group(1)), parts.group(2));
        } catch (DomainException notAUuid) {
            throw invalid();
        }
    }

    /** What the client gets. */
    public String value() {
        return loginId + "." + secret;
    }

    /** What is stored. */
    public String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static DomainException invalid() {
        return new DomainException(DomainError.REFRESH_TOKEN_INVALID);
    }

    @Override
    public String toString() {
        return "RefreshToken[loginId=" + loginId + "]";
    }
}
