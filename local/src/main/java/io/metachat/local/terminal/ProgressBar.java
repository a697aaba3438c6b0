package io.metachat.local.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows progress: as one line that is rewritten on an interactive terminal, otherwise as a new line every few seconds.
 */
public final class ProgressBar {

    private static final int WIDTH = 30;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final Terminal terminal;
    private @Nullable Instant lastLine;

    public ProgressBar(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * One state of the progress.
     *
     * @param done from 0 to 1
     * @param rest additional text, such as a rate
     * @param left the remaining time; empty while unknown
     */
    public record Step(double done, String rest, Optional<Duration> left) {}

    public void show(String name, Step step, Instant now) {
        String line = "%s [%s] %5.1f %%  %s  %s"
                .formatted(name, bar(step.done()), 100 * step.done(), step.rest(), left(step.left()));
        if (terminal.isInteractive()) {
            terminal.rewrite(line);
        } else if (lastLine == null || Duration.between(lastLine, now).compareTo(BETWEEN_LINES) >= 0) {
            terminal.print(line);
            lastLine = now;
        }
    }

    /** Clears the line for the next output. */
    public void close() {
        if (terminal.isInteractive()) {
            terminal.rewrite("");
        }
    }

    static String bar(double done) {
        int filled = (int) Math.floor(WIDTH * Math.max(0, Math.min(1, done)));
        return "#".repeat(filled) + "-".repeat(WIDTH - filled);
    }

    static String left(Optional<Duration> left) {
        return left.map(time -> time.toHours() > 0
                        ? "%d:%02d:%02d left".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                        : "%d:%02d left".formatted(time.toMinutes(), time.toSecondsPart()))
                .orElse("time left unknown");
    }
}
