package io.metachat.local.terminal;

import java.io.PrintStream;
import java.util.Map;

/** The output of the commands: coloured on an interactive terminal, unless {@code NO_COLOR} is set. */
public final class Terminal {

    /** The uses of colours. */
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
     * @param interactive whether this is a terminal on which lines can be rewritten
     * @param coloured whether to use colours
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

    public void print(String line) {
        out.println(line);
    }

    public void printError(String line) {
        err.println(styled(Style.BAD, line));
    }

    public String styled(Style style, String text) {
        return coloured ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }
}
