package io.metachat.embedded.eventstoredb.internal.rpc.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The known users, and the check of their Basic authentication header. */
public final class Credentials {

    private static final String SCHEME = "Basic ";

    private final Map<String, User> users;

    public Credentials(List<User> users) {
        this.users = users.stream().collect(Collectors.toUnmodifiableMap(User::name, Function.identity()));
    }

    boolean areRequired() {
        return !users.isEmpty();
    }

    /** Returns the caller that the header authenticates, or empty. */
    Optional<Caller> callerOf(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return decode(header.substring(SCHEME.length()).trim()).flatMap(this::verified);
    }

    private Optional<Caller> verified(String userAndPassword) {
        int colon = userAndPassword.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        User user = users.get(userAndPassword.substring(0, colon));
        return user != null
                        && MessageDigest.isEqual(bytes(user.password()), bytes(userAndPassword.substring(colon + 1)))
                ? Optional.of(new Caller(user.name(), user.roles()))
                : Optional.empty();
    }

    private static Optional<String> decode(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            // An invalid header authenticates nobody.
            return Optional.empty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
