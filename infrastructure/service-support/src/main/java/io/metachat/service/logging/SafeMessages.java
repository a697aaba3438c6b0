package io.metachat.service.logging;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes exceptions without personal data. Jackson quotes the text that it could not parse, and a wrapping exception
 * may repeat that message, so only the class of these is logged.
 */
final class SafeMessages {

    private SafeMessages() {}

    static String describe(Throwable thrown) {
        return quotesInput(thrown) ? thrown.getClass().getName() + ": (message withheld)" : thrown.toString();
    }

    private static boolean quotesInput(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (@Nullable Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
            String type = cause.getClass().getName();
            if (type.startsWith("tools.jackson.") || type.startsWith("com.fasterxml.jackson.")) {
                return true;
            }
        }
        return false;
    }
}
