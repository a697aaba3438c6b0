package io.metachat.user.password;

import io.metachat.service.error.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id (RFC 9106). A hash is slow and takes {@link Argon2id#memoryKib()} of memory for as
 * long as it lasts: only so many are made at the same time, the others wait, and who waits too long is told to come
 * again. Thread-safe; blocks the calling thread.
 */
public final class PasswordHasher {

    private static final int SALT = 16;
    private static final int HASH = 32;

    private final SecureRandom random = new SecureRandom();
    private final Argon2id parameters;
    private final Semaphore slots;
    private final Duration patience;
    private final String unknown;

    /**
     * @param concurrency how many hashes are made at the same time
     * @param patience how long a request waits for its turn
     */
    public PasswordHasher(Argon2id parameters, int concurrency, Duration patience) {
        this(parameters, new Semaphore(concurrency, true), patience);
    }

    PasswordHasher(Argon2id parameters, Semaphore slots, Duration patience) {
        this.parameters = parameters;
        this.slots = slots;
        this.patience = patience;
        byte[] salt = salt();
        this.unknown = new PhcString(parameters, salt, argon2("of nobody", parameters, salt)).toString();
    }

    /** The hash of a password with a new salt, in PHC string form. */
    public String hash(String password) {
        byte[] salt = salt();
        return new PhcString(parameters, salt, derive(password, parameters, salt)).toString();
    }

    /** Whether {@code password} is the one that {@code hash} was made of. */
    public boolean matches(String password, String hash) {
        PhcString stored = PhcString.parse(hash);
        return MessageDigest.isEqual(stored.hash(), derive(password, stored.parameters(), stored.salt()));
    }

    /** Takes as long as {@link #matches} does, so that the time does not tell whether somebody exists. */
    public void matchNobody(String password) {
        matches(password, unknown);
    }

    private byte[] derive(String password, Argon2id with, byte[] salt) {
        acquire();
        try {
            return argon2(password, with, salt);
        } finally {
            slots.release();
        }
    }

    private static byte[] argon2(String password, Argon2id with, byte[] salt) {
        byte[] input = password.getBytes(StandardCharsets.UTF_8);
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(with.memoryKib())
                .withIterations(with.iterations())
                .withParallelism(with.parallelism())
                .withSalt(salt)
                .build());
        byte[] hash = new byte[HASH];
        generator.generateBytes(input, hash);
        Arrays.fill(input, (byte) 0);
        return hash;
    }

    private byte[] salt() {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        return salt;
    }

    private void acquire() {
        boolean turn;
        try {
            turn = slots.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
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
