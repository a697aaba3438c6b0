package io.metachat.user.password;

import io.metachat.service.error.Problem;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Hashes passwords with Argon2id (RFC 9106), a bounded number at the same time. A hash takes some tens of milliseconds
 * of one core and 19 MiB; further callers wait for their turn and are refused when it does not come in time. Hashes are
 * PHC strings that carry their own cost, so that a higher default keeps the stored ones valid. Thread-safe; blocks the
 * calling thread.
 */
public final class BoundedPasswordEncoder {

    // The first choice of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane.
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int ITERATIONS = 2;
    private static final int PARALLELISM = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private static final String ALGORITHM = "$argon2id$";

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, PARALLELISM, MEMORY_KIB, ITERATIONS);
    private final Semaphore slots;
    private final Duration timeout;
    private final String hashOfNobody;

    /**
     * @param concurrency how many hashes are computed at the same time
     * @param timeout how long a caller waits for its turn
     */
    public BoundedPasswordEncoder(int concurrency, Duration timeout) {
        this(new Semaphore(concurrency, true), timeout);
    }

    BoundedPasswordEncoder(Semaphore slots, Duration timeout) {
        this.slots = slots;
        this.timeout = timeout;
        this.hashOfNobody = Objects.requireNonNull(encoder.encode("of nobody"));
    }

    /** Returns the hash of a password with a new salt, in PHC string form. */
    public String encode(String password) {
        return inTurn(() -> Objects.requireNonNull(encoder.encode(password)));
    }

    /**
     * Returns whether {@code hash} was made of {@code password}.
     *
     * @throws IllegalStateException when {@code hash} is not an Argon2id hash; the message does not quote it
     */
    public boolean matches(String password, String hash) {
        if (!hash.startsWith(ALGORITHM)) {
            throw new IllegalStateException("A stored password hash is not an Argon2id hash");
        }
        return inTurn(() -> encoder.matches(password, hash));
    }

    /** Takes as long as {@link #matches}, so that the time does not reveal whether an account exists. */
    public void matchNobody(String password) {
        matches(password, hashOfNobody);
    }

    private <T> T inTurn(Supplier<T> hashing) {
        acquire();
        try {
            return hashing.get();
        } finally {
            slots.release();
        }
    }

    private void acquire() {
        boolean turn;
        try {
            turn = slots.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            turn = false;
        }
        if (!turn) {
            throw Problem.unavailable(
                            "too-many-sign-ins", "Too many people sign in at the moment.", Duration.ofSeconds(2))
                    .toException();
        }
    }
}
