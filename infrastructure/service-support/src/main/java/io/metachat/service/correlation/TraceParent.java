package io.metachat.service.correlation;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code traceparent} of W3C Trace Context, level 1: the trace of this work and the span that requested it.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16 lower-case hexadecimal digits, not all zero
 * @param flags two hexadecimal digits; {@code 01} means sampled
 */
public record TraceParent(String traceId, String spanId, String flags) {

    // A version above 00 may append fields; ff is forbidden.
    private static final Pattern FORMAT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?");

    /** Starts a new trace. */
    public static TraceParent start() {
        return new TraceParent(hex(16), hex(8), "01");
    }

    /** Parses {@code header}; returns empty when it is absent or malformed. */
    public static Optional<TraceParent> parse(@Nullable String header) {
        if (header == null || header.length() > 128) {
            return Optional.empty();
        }
        Matcher matcher = FORMAT.matcher(header);
        return matcher.matches()
                ? Optional.of(new TraceParent(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    /** Returns a new span of the same trace. */
    public TraceParent child() {
        return new TraceParent(traceId, hex(8), flags);
    }

    /** Returns the header's value. */
    @Override
    public String toString() {
        return "00-" + traceId + "-" + spanId + "-" + flags;
    }

    private static String hex(int bytes) {
        StringBuilder hex = new StringBuilder(bytes * 2);
        for (int i = 0; i < bytes / 8; i++) {
            long value;
            do {
                value = ThreadLocalRandom.current().nextLong();
            } while (value == 0);
            hex.append(String.format("%016x", value));
        }
        return hex.toString();
    }
}
