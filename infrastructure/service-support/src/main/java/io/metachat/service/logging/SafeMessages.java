package io.metachat.service.logging;

import org.jspecify.annotations.Nullable;

/**
 * Describes exceptions without personal data. A message is logged only if our own code wrote it: parsers, drivers,
 * containers and the JDK quote the input that they could not handle.
 */
public final class SafeMessages {

    private static final String OWN = "io.metachat.";
    /** Causes may form a circle. */
    private static final int MAX_CAUSES = 50;

    private static final String WITHHELD = ": (message withheld)";

    private SafeMessages() {}

    /** Returns the class, and the message if it is our own and repeats no message of somebody else's. */
    public static String describe(Throwable thrown) {
        String type = thrown.getClass().getName();
        String message = thrown.getMessage();
        if (message == null) {
            return type;
        }
        return isOwn(thrown) && !repeatsAForeignMessage(message, thrown.getCause())
                ? type + ": " + message
                : type + WITHHELD;
    }

    private static boolean isOwn(Throwable thrown) {
        return thrown.getClass().getName().startsWith(OWN);
    }

    private static boolean repeatsAForeignMessage(String message, @Nullable Throwable cause) {
        int depth = 0;
        for (@Nullable Throwable at = cause; at != null && depth++ < MAX_CAUSES; at = at.getCause()) {
            String foreign = at.getMessage();
            if (!isOwn(at) && foreign != null && !foreign.isBlank() && message.contains(foreign)) {
                return true;
            }
        }
        return false;
    }
}
