package io.metachat.local.lifecycle;

import io.metachat.embedded.process.LogTail;
import io.metachat.local.home.Home;
import io.metachat.local.home.HomeOptions;
import io.metachat.local.home.LocalException;
import io.metachat.local.terminal.Terminal;
import io.metachat.local.terminal.Terminal.Style;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        description = "Show the last log lines of one process, or of all.",
        mixinStandardHelpOptions = true)
public final class LogsCommand implements Callable<Integer> {

    private static final int POLL_MILLIS = 200;

    private final Terminal terminal;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Process, for example cassandra; default all.")
    private List<String> names = List.of();

    @Option(
            names = {"-f", "--follow"},
            description = "Print new lines until Ctrl-C.")
    private boolean following;

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "20",
            paramLabel = "N",
            description = "Number of lines per log; default ${DEFAULT-VALUE}.")
    private int lines;

    public LogsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Home home = options.home();
        List<Followed> logs = new ArrayList<>();
        for (String name : names.isEmpty() ? home.logNames() : names) {
            logs.add(opened(home, name));
        }
        while (following) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            for (Followed log : logs) {
                log.newLines().forEach(line -> print(log.name, line));
            }
        }
        return 0;
    }

    private Followed opened(Home home, String name) throws IOException {
        Path file = home.log(name);
        if (!home.logNames().contains(name)) {
            throw new LocalException(
                    "there is no log " + name + "; the logs are " + String.join(", ", home.logNames()));
        }
        Followed log = new Followed(name, file, Files.size(file));
        LogTail.of(file, 0, lines).forEach(line -> print(name, line));
        return log;
    }

    private void print(String name, String line) {
        terminal.print(terminal.styled(Style.FAINT, "%-12s |".formatted(name)) + " " + line);
    }

    /** A log file, read from the last position. */
    private static final class Followed {

        private final String name;
        private final Path file;
        private long position;

        Followed(String name, Path file, long position) {
            this.name = name;
            this.file = file;
            this.position = position;
        }

        /**
         * Returns the complete lines written since the last call. An incomplete line is returned once it is complete.
         */
        List<String> newLines() throws IOException {
            if (!Files.exists(file)) {
                return List.of();
            }
            try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
                if (log.length() < position) {
                    // The log was rotated.
                    position = 0;
                }
                byte[] bytes = new byte[(int) Math.min(Integer.MAX_VALUE / 2, log.length() - position)];
                log.seek(position);
                log.readFully(bytes);
                String text = new String(bytes, StandardCharsets.UTF_8);
                String whole = text.substring(0, text.lastIndexOf('\n') + 1);
                position += whole.getBytes(StandardCharsets.UTF_8).length;
                return whole.lines().toList();
            }
        }
    }
}
