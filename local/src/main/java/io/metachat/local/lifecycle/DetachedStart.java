package io.metachat.local.lifecycle;

import io.metachat.embedded.process.LogTail;
import io.metachat.local.home.LocalException;
import io.metachat.local.home.LocalSettings;
import io.metachat.local.home.Service;
import io.metachat.local.home.StateFile;
import io.metachat.local.home.SystemState;
import io.metachat.local.home.SystemState.Phase;
import io.metachat.local.terminal.Terminal;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs {@code up} in a process that outlives this one and its terminal, and waits until the system is ready. */
final class DetachedStart {

    private static final int POLL_MILLIS = 100;
    private static final int LINES_SHOWN = 20;

    /**
     * Replaces the shell with the command, in a new session where setsid exists. The command ignores Ctrl-C and the end
     * of the terminal.
     */
    private static final String DETACHED = """
            trap '' INT HUP
            command -v setsid >/dev/null && exec setsid "$@"
            exec "$@"
            """;

    private final Terminal terminal;
    private final Class<?> mainClass;
    private final LocalSettings settings;
    private final StateFile stateFile;
    private final Progress progress;

    /** @param mainClass the class whose main method has the {@code up} command */
    DetachedStart(Terminal terminal, Class<?> mainClass, LocalSettings settings) {
        this.terminal = terminal;
        this.mainClass = mainClass;
        this.settings = settings;
        this.stateFile = new StateFile(settings.home());
        this.progress = new Progress(terminal, Clock.systemUTC());
    }

    int run() throws IOException, InterruptedException {
        settings.home().create();
        Path log = settings.home().log("supervisor");
        long logStart = Files.exists(log) ? Files.size(log) : 0;
        ProcessBuilder builder = new ProcessBuilder(command())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().putAll(settings.ports().toEnvironment());
        Process supervisor = builder.start();
        terminal.print("Starting MetaChat in " + settings.home().path());
        while (!supervisor.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            Optional<SystemState> state = stateOf(supervisor);
            state.ifPresent(progress);
            if (state.filter(seen -> seen.phase() == Phase.READY).isPresent()) {
                Addresses.announce(terminal, state.get());
                return 0;
            }
        }
        throw new LocalException(stateOf(supervisor)
                .map(SystemState::failure)
                .orElseGet(() -> String.join("\n", LogTail.of(log, logStart, LINES_SHOWN))));
    }

    private Optional<SystemState> stateOf(Process supervisor) {
        return stateFile.last().filter(state -> state.supervisor().pid() == supervisor.pid());
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", DETACHED, "metachat"));
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName(), "up"));
        command.addAll(List.of("--home", settings.home().path().toString()));
        if (!settings.separate().isEmpty()) {
            command.add("--separate");
            command.add(settings.separate().stream().map(Service::label).collect(Collectors.joining(",")));
        }
        return command;
    }
}
