package io.metachat.embedded.process;

import java.util.ArrayList;
import java.util.List;

/**
 * Ensures that a child process ends with its parent, even after {@code kill -9} of the parent.
 *
 * <p>The child's standard input is a pipe, and only the parent holds its other end. A small shell next to the child
 * waits until the operating system closes the pipe after the parent's end. It then sends the child SIGTERM, and SIGKILL
 * after a timeout. The child keeps the process id that the parent started. Ctrl-C and the loss of a terminal reach all
 * of its processes; the child ignores both, because its parent decides the order of the shutdown.
 */
final class OrphanGuard {

    private static final String SCRIPT = """
            trap '' INT HUP
            exec 3<&0
            (
              cat <&3 >/dev/null
              kill -TERM $$ 2>/dev/null || exit 0
              waited=0
              while [ $waited -lt "$GUARD_TIMEOUT_SECONDS" ] && kill -0 $$ 2>/dev/null; do
                sleep 1
                waited=$((waited + 1))
              done
              kill -KILL $$ 2>/dev/null
            ) &
            exec "$@" </dev/null 3<&-
            """;

    /** The time limit in seconds for an orphan to stop gracefully. */
    static final String TIMEOUT_VARIABLE = "GUARD_TIMEOUT_SECONDS";

    private OrphanGuard() {}

    static List<String> guarded(List<String> command) {
        List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "guard"));
        guarded.addAll(command);
        return guarded;
    }
}
