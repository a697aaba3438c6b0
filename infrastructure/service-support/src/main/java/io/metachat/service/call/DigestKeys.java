package io.metachat.service.call;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret keys of digests that are stored. They lie outside the stores, so that a copy of a store confirms no guess about
 * what was digested. A digest is {@code <key id>.<HMAC-SHA-256, its first 128 bits>}. Thread-safe.
 */
public final class DigestKeys {

    /** A description of the form for error messages. */
    public static final String FORM = "id:secret with a secret of at least 32 characters, the same for all services;"
            + " several separated by commas, the current one first";

    private static final String HMAC = "HmacSHA256";
    private static final int DIGEST_BYTES = 16;
    private static final Pattern ONE = Pattern.compile("([A-Za-z0-9]{1,16}):([\\x21-\\x2b\\x2d-\\x7e]{32,})");

    private final List<DigestKey> keys;

    private record DigestKey(String id, SecretKeySpec secret) {

        @Override
        public String toString() {
            return "DigestKey[" + id + "]";
        }
    }

    private DigestKeys(List<DigestKey> keys) {
        this.keys = keys;
    }

    /**
     * Reads keys in the {@link #FORM}. The first one makes new digests, the others recognise those from before a rotation.
     *
     * @throws IllegalArgumentException when they are not in that form; the message names no secret
     */
    public static DigestKeys parse(String text) {
        return new DigestKeys(Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(DigestKeys::one)
                .toList());
    }

    public static boolean isValid(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).allMatch(ONE.asMatchPredicate());
    }

    private static DigestKey one(String text) {
        Matcher parts = ONE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("DIGEST_KEYS must be " + FORM);
        }
        return new DigestKey(parts.group(1), new SecretKeySpec(bytes(parts.group(2)), HMAC));
    }

    /**
     * Returns the digests of a request that came with an idempotency key.
     *
     * @param caller who sent it; empty for methods that are open to everybody
     * @param key the key as the client sent it
     * @param method the called method
     * @param message the request's message, without its secrets
     */
    public Idempotency idempotency(String caller, String key, String method, byte[] message) {
        List<Idempotency> all = keys.stream()
                .map(secret -> new Idempotency(
                        digest(secret, "key", bytes(caller), bytes(key)),
                        digest(secret, "request", bytes(method), message)))
                .toList();
        return new Idempotency(all.get(0).key(), all.get(0).fingerprint(), all.subList(1, all.size()));
    }

    private static String digest(DigestKey key, String purpose, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key.secret());
            update(mac, bytes(purpose));
            for (byte[] part : parts) {
                update(mac, part);
            }
            byte[] digest = Arrays.copyOf(mac.doFinal(), DIGEST_BYTES);
            return key.id() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
        }
    }

    /** With its length, so that no two lists of parts have the same bytes. */
    private static void update(Mac mac, byte[] part) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        mac.update(part);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "DigestKeys" + keys;
    }
}
