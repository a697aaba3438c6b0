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

/** Runs the foreground command in a process that outlives this one and its terminal, and follows it until it is ready. */
final class DetachedStart {

    private static final int MILLIS_BETWEEN_LOOKS = 100;
    private static final int LINES_SHOWN = 20;

    /** Becomes the command, in a session of its own where there are such, and deaf to the terminal's Ctrl-C and end. */
    private static final String DEAF = """
            trap '' INT HUP
            command -v setsid >/dev/null && exec setsid "$@"
            exec "$@"
            """;

    private final Terminal terminal;
    private final Class<?> mainClass;
    private final LocalSettings settings;
    private final StateFile stateFile;
    private final Progress progress;

    /** @param mainClass has the {@code up} command */
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
        terminal.say("MetaChat starts in " + settings.home().path());
        while (!supervisor.waitFor(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
            Optional<SystemState> state = stateOf(supervisor);
            state.ifPresent(progress);
            if (state.filter(seen -> seen.phase() == Phase.READY).isPresent()) {
                Whereabouts.announce(terminal, state.get());
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
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", DEAF, "metachat"));
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
