package io.metachat.axon.eventstoredb;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The logical type of a stored event: a name that outlives classes and packages, and the revision of its payload.
 *
 * @param name the logical name, for example {@code shop.order.OrderPlaced}; never a class name
 * @param revision the payload revision, from 1
 */
public record EventType(String name, int revision) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");
    private static final Pattern STORED = Pattern.compile("(" + NAME.pattern() + ")\\.v([1-9][0-9]{0,8})");

    public EventType {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a logical event name: '" + name + "'");
        }
        if (revision < 1) {
            throw new IllegalArgumentException("Revisions start at 1, got " + revision + " for " + name);
        }
    }

    /** Returns the event type as EventStoreDB stores it: {@code <name>.v<revision>}. */
    public String stored() {
        return name + ".v" + revision;
    }

    /** Parses the result of {@link #stored()}; empty for the types of other applications that do not follow this pattern. */
    public static Optional<EventType> parse(String stored) {
        Matcher matcher = STORED.matcher(stored);
        return matcher.matches()
                ? Optional.of(new EventType(matcher.group(1), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }
}
