package io.metachat.domain;

import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Parsing of UUIDs that come from outside, and name-based UUIDs (RFC 9562, version 5). */
public final class Uuids {

    /** The namespace of everything MetaChat derives a UUID from; itself a random UUID chosen once. */
    private static final UUID NAMESPACE = UUID.fromString("5e4c9f0e-5a0c-4f83-9d0a-0f2f9a3c7b61");

    private static final int LENGTH = 36;

    private Uuids() {}

    /**
     * Reads the canonical form; {@link UUID#fromString} alone would also take {@code 1-1-1-1-1}.
     *
     * @throws DomainException {@link DomainError#VALIDATION_FAILED}, naming the field
     */
    public static UUID parse(String field, String text) {
        try {
            if (text.length() == LENGTH) {
                return UUID.fromString(text);
            }
        } catch (IllegalArgumentException e) {
            throw notAUuid(field);
        }
        throw notAUuid(field);
    }

    /** The version-5 UUID of the parts: the same parts give the same UUID for ever. */
    public static UUID named(String... parts) {
        byte[] hash = sha1(String.join("\u001f", parts));
        hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static byte[] sha1(String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(ByteBuffer.allocate(16)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .flip());
            return digest.digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }

    private static DomainException notAUuid(String field) {
        return DomainException.invalid(field, "must be a UUID");
    }
}
