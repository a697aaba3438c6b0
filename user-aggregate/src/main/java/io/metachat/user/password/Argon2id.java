package io.metachat.user.password;

/**
 * The cost of a hash. The default is the first choice of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one
 * lane; some tens of milliseconds of one core.
 */
public record Argon2id(int memoryKib, int iterations, int parallelism) {

    public static final Argon2id OWASP = new Argon2id(19 * 1024, 2, 1);

    public Argon2id {
        if (memoryKib < 8 * parallelism || iterations < 1 || parallelism < 1) {
            throw new IllegalArgumentException("Argon2 needs at least one pass, one lane and 8 KiB for each lane");
        }
    }
}
