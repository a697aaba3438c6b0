package io.metachat.service.call;

import io.metachat.service.error.Problem;
import io.metachat.service.error.ProblemCategory;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A client's promise that two requests with this key are the same request, as keyed digests: the only form that is stored.
 *
 * @param key the digest of the caller and of the key that the client sent: other callers' equal keys are other keys
 * @param fingerprint the digest of the request, which reveals a key that is used for another request
 * @param earlier the same under digest keys that are no longer the current one but are still accepted
 */
public record Idempotency(String key, String fingerprint, List<Idempotency> earlier) {

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    public Idempotency {
        earlier = List.copyOf(earlier);
    }

    public Idempotency(String key, String fingerprint) {
        this(key, fingerprint, List.of());
    }

    /** Returns the key of one part of the request, for a request that takes several commands to one aggregate. */
    public Idempotency part(String name) {
        return new Idempotency(
                key + "/" + name,
                fingerprint,
                earlier.stream().map(one -> one.part(name)).toList());
    }

    /** Returns the digests under each accepted key, the current one first. */
    public List<Idempotency> each() {
        return Stream.concat(Stream.of(new Idempotency(key, fingerprint)), earlier.stream())
                .toList();
    }

    /**
     * Returns the key that a client sent.
     *
     * @throws RuntimeException a problem of the category {@code INVALID} unless it has 1 to 255 visible ASCII characters
     */
    public static String requireValid(String key) {
        if (!KEY.matcher(key).matches()) {
            throw Problem.of(
                            "idempotency-key-invalid",
                            ProblemCategory.INVALID,
                            "An idempotency key has 1 to 255 visible ASCII characters.")
                    .toException();
        }
        return key;
    }
}
