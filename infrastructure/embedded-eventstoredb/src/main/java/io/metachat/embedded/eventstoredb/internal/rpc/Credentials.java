package io.metachat.embedded.eventstoredb.internal.rpc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The users that may call, and how their basic authentication header is read. */
final class Credentials {

    private static final String SCHEME = "Basic ";

    private final Map<String, String> passwords;

    /** @param passwords by user name */
    Credentials(Map<String, String> passwords) {
        this.passwords = Map.copyOf(passwords);
    }

    boolean areRequired() {
        return !passwords.isEmpty();
    }

    /** The user that the header proves, if it does. */
    Optional<String> userOf(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return decode(header.substring(SCHEME.length()).trim()).flatMap(this::verified);
    }

    private Optional<String> verified(String userAndPassword) {
        int colon = userAndPassword.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String user = userAndPassword.substring(0, colon);
        String expected = passwords.get(user);
        return expected != null && MessageDigest.isEqual(bytes(expected), bytes(userAndPassword.substring(colon + 1)))
                ? Optional.of(user)
                : Optional.empty();
    }

    private static Optional<String> decode(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            // Whatever a caller sends, it proves nothing.
            return Optional.empty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
