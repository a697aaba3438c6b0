package io.metachat.projections.page;

import io.metachat.domain.refusal.DomainException;
import io.metachat.service.security.JwtProperties;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Cursors as clients get them: opaque, and sealed together with the person and the list that they were made for, so
 * that one that was changed, or that belongs to another list, is refused. Every instance makes the same ones.
 */
@Component
public class Cursors {

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte FORMAT = 1;
    private static final int PLACE = 1 + Long.BYTES + 2 * Long.BYTES;
    private static final int SEAL = 16;

    private final SecretKeySpec key;

    Cursors(JwtProperties secrets) {
        SecretKeySpec shared = new SecretKeySpec(secrets.secret().getBytes(StandardCharsets.UTF_8), ALGORITHM);
        // A key of its own, so that a cursor's seal can never pass for something else that the secret signs.
        this.key = new SecretKeySpec(mac(shared, "metachat cursor".getBytes(StandardCharsets.UTF_8)), ALGORITHM);
    }

    /** @param list what the list is of: the person, the kind, every filter */
    public String write(ListName list, Cursor cursor) {
        byte[] place = ByteBuffer.allocate(PLACE)
                .put(FORMAT)
                .putLong(cursor.time().toEpochMilli())
                .putLong(cursor.id().getMostSignificantBits())
                .putLong(cursor.id().getLeastSignificantBits())
                .array();
        byte[] sealed = ByteBuffer.allocate(PLACE + SEAL)
                .put(place)
                .put(seal(list, place))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /**
     * Reads the cursor of a request, if it has one.
     *
     * @throws DomainException when it is not one that {@link #write} made for this list
     */
    public Optional<Cursor> read(ListName list, @Nullable String cursor) {
        return cursor == null ? Optional.empty() : Optional.of(parse(list, cursor));
    }

    private Cursor parse(ListName list, String text) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw refused();
        }
        if (sealed.length != PLACE + SEAL) {
            throw refused();
        }
        ByteBuffer bytes = ByteBuffer.wrap(sealed);
        byte[] place = new byte[PLACE];
        byte[] seal = new byte[SEAL];
        bytes.get(place).get(seal);
        if (!MessageDigest.isEqual(seal, seal(list, place))) {
            throw refused();
        }
        ByteBuffer parts = ByteBuffer.wrap(place, 1, PLACE - 1);
        return new Cursor(Instant.ofEpochMilli(parts.getLong()), new UUID(parts.getLong(), parts.getLong()));
    }

    private byte[] seal(ListName list, byte[] place) {
        byte[] name = list.text().getBytes(StandardCharsets.UTF_8);
        byte[] whole = mac(
                key,
                ByteBuffer.allocate(place.length + name.length)
                        .put(place)
                        .put(name)
                        .array());
        return ByteBuffer.allocate(SEAL).put(whole, 0, SEAL).array();
    }

    private static byte[] mac(SecretKeySpec key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    private static DomainException refused() {
        return DomainException.invalid("cursor", "is not a cursor of this list");
    }
}
