package io.metachat.embedded.process;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes a child process end with its parent, however the parent ends: {@code kill -9} included.
 *
 * <p>The child's standard input is a pipe whose other end only the parent holds. A small shell beside the
 * child waits for the end of that pipe, which the operating system brings about when the parent is gone, and
 * then asks the child to stop, and after a while makes it. The child keeps the process id that the parent
 * started. Ctrl-C and the loss of the terminal reach every process of a terminal at once; the child ignores
 * both, so that its parent decides the order in which things stop.
 */
final class OrphanGuard {

    private static final String SCRIPT = """
            trap '' INT HUP
            exec 3<&0
            (
              cat <&3 >/dev/null
              kill -TERM $$ 2>/dev/null || exit 0
              waited=0
              while [ $waited -lt "$GUARD_PATIENCE_SECONDS" ] && kill -0 $$ 2>/dev/null; do
                sleep 1
                waited=$((waited + 1))
              done
              kill -KILL $$ 2>/dev/null
            ) &
            exec "$@" </dev/null 3<&-
            """;

    /** How long an orphan may take to stop in peace. */
    static final String PATIENCE_VARIABLE = "GUARD_PATIENCE_SECONDS";

    private OrphanGuard() {}

    static List<String> guarded(List<String> command) {
        List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "guard"));
        guarded.addAll(command);
        return guarded;
    }
}
