package io.metachat.service.call;

import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A client's promise that two requests with this key are the same request.
 *
 * @param key what the client sent, 1 to 255 visible ASCII characters
 * @param fingerprint hex SHA-256 of what was asked for, to find a key that is used for something else
 */
public record Idempotency(String key, String fingerprint) {

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    public Idempotency {
        if (!KEY.matcher(key).matches()) {
            throw invalid("An idempotency key has 1 to 255 visible ASCII characters.");
        }
        if (!FINGERPRINT.matcher(fingerprint).matches()) {
            throw invalid("An idempotency key comes with the SHA-256 of its request.");
        }
    }

    /** The same promise as one of {@code subject} alone: what others send under the same key is another request. */
    public Idempotency of(String subject) {
        String name = subject + '\0' + key;
        return new Idempotency(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(), fingerprint);
    }

    /** The fingerprint of a request. */
    public static String fingerprint(String method, String path, byte[] body) {
        MessageDigest digest = sha256();
        digest.update(method.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(path.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return HexFormat.of().formatHex(digest.digest(body));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static RuntimeException invalid(String detail) {
        return Problem.of("idempotency-key-invalid", ProblemCategory.INVALID, detail)
                .toException();
    }
}
