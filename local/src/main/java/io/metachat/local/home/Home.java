package io.metachat.local.home;

import io.metachat.embedded.server.DirectoryTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The directory of one local MetaChat: {@code METACHAT_HOME}, or {@code .metachat} by default. */
public record Home(Path path) {

    private static final int SECRET_BYTES = 32;
    private static final String LOG_SUFFIX = ".log";
    private static final FileAttribute<?> FOR_OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    public Home {
        path = path.toAbsolutePath().normalize();
    }

    public Path data(String component) {
        return path.resolve("data").resolve(component);
    }

    public Path logs() {
        return path.resolve("logs");
    }

    public Path log(String component) {
        return logs().resolve(component + LOG_SUFFIX);
    }

    Path stateFile() {
        return path.resolve("state.json");
    }

    Path lockFile() {
        return path.resolve("lock");
    }

    public void create() {
        try {
            Files.createDirectories(logs());
        } catch (IOException e) {
            throw new LocalException("the directory " + path + " cannot be created: " + e.getMessage(), e);
        }
    }

    /** Returns the names of the existing logs, sorted. */
    public List<String> logNames() {
        if (!Files.exists(logs())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(logs())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(LOG_SUFFIX))
                    .map(name -> name.substring(0, name.length() - LOG_SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + logs(), e);
        }
    }

    /** Returns the key that signs access tokens. It is created once, and only the owner can read the file. */
    public String jwtSecret() {
        return kept("jwt-secret", Home::random);
    }

    /** Returns the keys of stored digests, in the format of {@code DIGEST_KEYS}. Created once, readable only by the owner. */
    public String digestKeys() {
        return kept("digest-keys", () -> "local:" + random());
    }

    private String kept(String name, Supplier<String> secret) {
        Path file = path.resolve(name);
        try {
            if (!Files.exists(file)) {
                Path written = Files.createTempFile(path, name, ".tmp", FOR_OWNER_ONLY);
                Files.writeString(written, secret.get());
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new LocalException("the secret " + file + " cannot be stored: " + e.getMessage(), e);
        }
    }

    private static String random() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    public void delete() {
        try {
            DirectoryTree.delete(path);
        } catch (IOException e) {
            throw new LocalException("the directory " + path + " cannot be deleted: " + e.getMessage(), e);
        }
    }
}
