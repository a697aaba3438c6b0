package io.metachat.domain.field;

import io.metachat.domain.refusal.DomainError;
import io.metachat.domain.refusal.DomainException;
import io.metachat.domain.refusal.FieldError;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with the fields of a command, so that a person is told everything at once. A {@code null}
 * passes every check but {@link #required}. Messages state the rule and never repeat the value.
 */
public final class FieldChecks {

    private static final Pattern USERNAME = Pattern.compile("[a-z0-9_.]+");
    /** Deliberately loose: what an address is, only its server knows. One @, no spaces, a dot in the domain. */
    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}.]+(\\.[^@\\s\\p{Cntrl}.]+)+");

    private final List<FieldError> errors = new ArrayList<>();

    private FieldChecks() {}

    public static FieldChecks begin() {
        return new FieldChecks();
    }

    /** The field is there, and if it is text, not blank. */
    public FieldChecks required(String field, @Nullable Object value) {
        if (value == null || value instanceof String text && text.isBlank()) {
            refuse(field, "is required");
        }
        return this;
    }

    /** Not blank when given: for fields that may be left out but not emptied. */
    public FieldChecks notBlank(String field, @Nullable String text) {
        return text == null ? this : required(field, text);
    }

    public FieldChecks text(String field, @Nullable String text, int maximum) {
        if (text == null) {
            return this;
        }
        if (!isWellFormed(text)) {
            refuse(field, "must be well-formed Unicode without NUL characters");
        } else if (text.length() > maximum && text.codePointCount(0, text.length()) > maximum) {
            refuse(field, "must have at most " + maximum + " characters");
        }
        return this;
    }

    public FieldChecks tags(String field, @Nullable List<String> tags) {
        if (tags == null) {
            return this;
        }
        if (tags.size() > Limits.TAGS) {
            refuse(field, "must have at most " + Limits.TAGS + " tags");
            return this;
        }
        for (int i = 0; i < tags.size(); i++) {
            String tag = field + "[" + i + "]";
            required(tag, tags.get(i)).text(tag, tags.get(i), Limits.TAG);
        }
        return this;
    }

    public FieldChecks username(String field, @Nullable String username) {
        if (username != null
                && (username.length() < Limits.USERNAME_MIN
                        || username.length() > Limits.USERNAME_MAX
                        || !USERNAME.matcher(username).matches())) {
            refuse(field, "must have 3 to 30 characters of a-z, 0-9, _ and .");
        }
        return this;
    }

    public FieldChecks email(String field, @Nullable String email) {
        if (email != null
                && (email.length() > Limits.EMAIL || !EMAIL.matcher(email).matches())) {
            refuse(field, "must be an e-mail address");
        }
        return this;
    }

    public FieldChecks url(String field, @Nullable String url) {
        if (url != null && (url.length() > Limits.URL || !isWebAddress(url))) {
            refuse(field, "must be an http or https URL of at most " + Limits.URL + " characters");
        }
        return this;
    }

    public FieldChecks dateOfBirth(String field, @Nullable LocalDate dateOfBirth, LocalDate today) {
        if (dateOfBirth != null
                && (dateOfBirth.isAfter(today.minusYears(Limits.MIN_AGE_YEARS))
                        || dateOfBirth.isBefore(today.minusYears(Limits.MAX_AGE_YEARS)))) {
            refuse(field, "must be at least " + Limits.MIN_AGE_YEARS + " years ago");
        }
        return this;
    }

    public FieldChecks notInTheFuture(String field, @Nullable Instant time, Instant now) {
        if (time != null && time.isAfter(now.plus(Limits.CLOCK_SKEW))) {
            refuse(field, "must not lie in the future");
        }
        return this;
    }

    public FieldChecks range(String field, @Nullable Integer value, int minimum, int maximum) {
        if (value != null && (value < minimum || value > maximum)) {
            refuse(field, "must be from " + minimum + " to " + maximum);
        }
        return this;
    }

    /** Adds a refusal that a caller found itself. */
    public FieldChecks refuse(String field, String message) {
        errors.add(new FieldError(field, message));
        return this;
    }

    /** @throws DomainException {@link DomainError#VALIDATION_FAILED} with all that was refused, if anything was */
    public void done() {
        if (!errors.isEmpty()) {
            throw new DomainException(DomainError.VALIDATION_FAILED, errors);
        }
    }

    private static boolean isWebAddress(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() != null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
