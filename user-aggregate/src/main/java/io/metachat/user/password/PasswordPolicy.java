package io.metachat.user.password;

import io.metachat.domain.field.FieldChecks;
import io.metachat.domain.field.Limits;
import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.refusal.FieldError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which passwords are refused: by length, and those that everybody tries first (NIST SP 800-63B, section 3.1.1.2). There
 * are no rules of composition, which only make passwords predictable.
 */
public final class PasswordPolicy {

    private static final String LIST = "common-passwords.txt";

    private final Set<String> common;

    public PasswordPolicy() {
        common = read();
    }

    /** Adds to {@code checks} what is wrong with the password's length. */
    public void checkLength(FieldChecks checks, String field, String password) {
        int length = password.codePointCount(0, password.length());
        if (length < Limits.PASSWORD_MIN || length > Limits.PASSWORD_MAX) {
            checks.refuse(field, "must have " + Limits.PASSWORD_MIN + " to " + Limits.PASSWORD_MAX + " characters");
        }
    }

    /**
     * Refuses common passwords and those that are the person's own name.
     *
     * @throws DomainException {@link DomainError#WEAK_PASSWORD}
     */
    public void refuseCommon(String field, String password, List<String> ownNames) {
        String lower = password.toLowerCase(Locale.ROOT);
        boolean own = ownNames.stream().anyMatch(name -> lower.equals(name.toLowerCase(Locale.ROOT)));
        if (own || common.contains(lower)) {
            throw new DomainException(
                    DomainError.WEAK_PASSWORD, List.of(new FieldError(field, "is too easy to guess")));
        }
    }

    private static Set<String> read() {
        try (InputStream list = PasswordPolicy.class.getResourceAsStream(LIST)) {
            if (list == null) {
                throw new IllegalStateException(LIST + " is missing");
            }
            return new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
