package io.metachat.user.password;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hash with all that is needed to check a password against it, in the PHC string format: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}. Stored hashes carry their own cost, so that the default may be raised.
 */
record PhcString(Argon2id parameters, byte[] salt, byte[] hash) {

    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,4}),p=(\\d{1,3})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    static PhcString parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException("A stored password hash is not an Argon2id hash");
        }
        return new PhcString(
                new Argon2id(
                        Integer.parseInt(parts.group(1)),
                        Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3))),
                Base64.getDecoder().decode(parts.group(4)),
                Base64.getDecoder().decode(parts.group(5)));
    }

    @Override
    public String toString() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + parameters.memoryKib() + ",t=" + parameters.iterations() + ",p="
                + parameters.parallelism() + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }
}
