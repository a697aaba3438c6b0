package io.metachat.local;

import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    private final boolean coloured;

    Terminal(PrintStream out, PrintStream err, boolean coloured) {
        this.out = out;
        this.err = err;
        this.coloured = coloured;
    }

    static Terminal ofThisProcess() {
        return new Terminal(System.out, System.err, isColoured(System.getenv(), System.console()));
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

    private static boolean isColoured(Map<String, String> environment, @Nullable Object console) {
        boolean declined = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "dumb").equals("dumb");
        return console != null && !declined;
    }
}
