package io.metachat.embedded.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The cache for unpacked jars and class archives. It can be deleted at any time. */
public record CacheDirectory(Path root) {

    private static final int DIGITS = 16;

    /** Returns {@code $METACHAT_CACHE}, else {@code $XDG_CACHE_HOME/metachat}, else {@code ~/.cache/metachat}. */
    public static CacheDirectory ofUser() {
        Map<String, String> environment = System.getenv();
        if (environment.containsKey("METACHAT_CACHE")) {
            return new CacheDirectory(Path.of(environment.get("METACHAT_CACHE")));
        }
        if (environment.containsKey("XDG_CACHE_HOME")) {
            return new CacheDirectory(Path.of(environment.get("XDG_CACHE_HOME"), "metachat"));
        }
        return new CacheDirectory(Path.of(System.getProperty("user.home"), ".cache", "metachat"));
    }

    /** Returns the path of an entry derived from {@code content}. Different content has a different path. */
    Path entry(String name, String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return root.resolve(name + "-" + HexFormat.of().formatHex(digest).substring(0, DIGITS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
