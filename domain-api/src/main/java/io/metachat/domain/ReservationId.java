package io.metachat.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/**
 * A name that only one user may hold. The stream is named by a digest, so that neither a username nor an e-mail
 * address is readable in the name of a stream.
 *
 * @param kind which namespace the name lives in
 * @param digest hex SHA-256 of the normalised name
 */
public record ReservationId(Kind kind, String digest) {

    /** The namespaces of unique names. */
    public enum Kind {
        USERNAME,
        EMAIL;

        public String category() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static ReservationId username(String username) {
        return new ReservationId(Kind.USERNAME, sha256(normalise(username)));
    }

    public static ReservationId email(String email) {
        return new ReservationId(Kind.EMAIL, sha256(normalise(email)));
    }

    /** The form in which names are compared: trimmed, lower case. */
    public static String normalise(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** {@code username-<digest>} or {@code email-<digest>}. */
    public String stream() {
        return kind.category() + "-" + digest;
    }

    /** A UUID for logs and correlation that says nothing about the name. */
    public UUID uuid() {
        return Uuids.named("reservation", stream());
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
