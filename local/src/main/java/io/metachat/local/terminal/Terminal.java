package io.metachat.local.terminal;

import java.io.PrintStream;
import java.util.Map;

/** Where the commands print to, in colour when a person watches and has not declined it by {@code NO_COLOR}. */
public final class Terminal {

    /** What colours are used for. */
    public enum Style {
        GOOD("32"),
        BAD("31"),
        FAINT("2"),
        STRONG("1");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private final boolean coloured;

    /**
     * @param interactive whether a person watches, on something that can change a line
     * @param coloured whether colours are wanted there
     */
    public Terminal(PrintStream out, PrintStream err, boolean interactive, boolean coloured) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
        this.coloured = coloured;
    }

    public static Terminal ofThisProcess() {
        Map<String, String> environment = System.getenv();
        boolean interactive = System.console() != null
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean declined = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(System.out, System.err, interactive, interactive && !declined);
    }

    boolean isInteractive() {
        return interactive;
    }

    /** Puts this in the place of the present line, which stays the present one; only where a person watches. */
    void rewrite(String line) {
        out.print("\r" + line + "\u001b[K");
        out.flush();
    }

    public void say(String line) {
        out.println(line);
    }

    public void complain(String line) {
        err.println(styled(Style.BAD, line));
    }

    public String styled(Style style, String text) {
        return coloured ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }
}
