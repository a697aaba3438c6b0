package io.metachat.axon.eventstoredb;

import java.util.Optional;

/**
 * The layout of streams. An aggregate's stream is a function of its identifier alone, because Axon reads events without
 * an aggregate type.
 *
 * <p>The stream of an aggregate is its identifier. Identifiers should carry their category ({@code user-<uuid>}) so
 * that the server's category streams ({@code $ce-user}) work. Snapshots are in {@code snapshot-<identifier>}, events
 * that no aggregate published in {@code event-<context>}. A prefix, when given, comes before all of these and lets
 * several applications share one server without seeing each other's events.
 *
 * @param prefix put before every stream name; empty for none, never beginning with {@code $}
 * @param context names this application's stream of events without an aggregate
 */
public record StreamNames(String prefix, String context) {

    private static final String SYSTEM = "$";
    private static final String SNAPSHOT = "snapshot-";
    private static final String EVENT = "event-";
    private static final String TIME_INDEX = "timeindex-";

    public StreamNames {
        if (prefix.startsWith(SYSTEM)) {
            throw new IllegalArgumentException(
                    "Streams beginning with $ belong to the server: prefix '" + prefix + "'");
        }
        if (context.isBlank()) {
            throw new IllegalArgumentException("The context of events without an aggregate needs a name");
        }
    }

    /** No prefix. */
    public static StreamNames forContext(String context) {
        return new StreamNames("", context);
    }

    /**
     * The stream of an aggregate.
     *
     * @throws IllegalArgumentException when the identifier would name one of the streams kept for other purposes
     */
    public String aggregate(String identifier) {
        if (identifier.isEmpty() || isReserved(identifier)) {
            throw new IllegalArgumentException("'" + identifier + "' cannot be an aggregate identifier: it must not be"
                    + " empty, or begin with $, " + SNAPSHOT + ", " + EVENT + " or " + TIME_INDEX);
        }
        return prefix + identifier;
    }

    /** Returns the stream of an aggregate's snapshots. */
    public String snapshot(String identifier) {
        return prefix + SNAPSHOT + identifier;
    }

    /** Returns the stream of this context's events without an aggregate. */
    public String withoutAggregate() {
        return prefix + EVENT + context;
    }

    /** Returns the stream of time marks, which make a token for an instant a matter of few reads. */
    public String timeIndex() {
        return prefix + TIME_INDEX + "all";
    }

    /** Returns the aggregate whose events the stream holds; empty when it holds other events. */
    public Optional<String> aggregateOf(String stream) {
        if (!stream.startsWith(prefix)) {
            return Optional.empty();
        }
        String identifier = stream.substring(prefix.length());
        return isReserved(identifier) ? Optional.empty() : Optional.of(identifier);
    }

    /** Returns whether tracking consumers receive the events of this stream. Equivalent to {@link #consumedPattern()}. */
    public boolean isConsumed(String stream) {
        if (!stream.startsWith(prefix)) {
            return false;
        }
        String rest = stream.substring(prefix.length());
        return !rest.isEmpty()
                && !rest.startsWith(SYSTEM)
                && !rest.startsWith(SNAPSHOT)
                && !rest.startsWith(TIME_INDEX);
    }

    /**
     * Returns the regular expression over stream names for the server's filter. It must be anchored, and the only one:
     * the client sends prefixes unanchored and keeps only the last of several.
     */
    public String consumedPattern() {
        return "^" + quoted(prefix) + "(?!\\$|" + SNAPSHOT + "|" + TIME_INDEX + ").+";
    }

    private static boolean isReserved(String name) {
        return name.startsWith(SYSTEM)
                || name.startsWith(SNAPSHOT)
                || name.startsWith(EVENT)
                || name.startsWith(TIME_INDEX);
    }

    /** Quotes character by character, because the server's regular expressions do not support {@code \Q…\E}. */
    private static String quoted(String literal) {
        StringBuilder quoted = new StringBuilder();
        literal.codePoints().forEach(c -> {
            if (!Character.isLetterOrDigit(c) && c != '-' && c != '_') {
                quoted.append('\\');
            }
            quoted.appendCodePoint(c);
        });
        return quoted.toString();
    }
}
