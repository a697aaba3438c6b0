package io.metachat.local.lifecycle;

import io.metachat.embedded.process.RunningProcess;
import io.metachat.local.home.ComponentState;
import io.metachat.local.home.HomeOptions;
import io.metachat.local.home.SystemState;
import io.metachat.local.home.SystemState.ComponentStatus;
import io.metachat.local.home.SystemState.Phase;
import io.metachat.local.system.ResidentMemory;
import io.metachat.local.terminal.Terminal;
import io.metachat.local.terminal.Terminal.Style;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Show the processes, their ports and their memory.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:everything is ready", "3:MetaChat is not up", "4:MetaChat is up but not everything is ready"
        },
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {

    private static final int NOT_UP = 3;
    private static final int NOT_READY = 4;
    private static final String ROW = "%-18s %-9s %8s %9s %9s  %s";

    private final Terminal terminal;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing; only set the exit code.")
    private boolean quiet;

    public StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Optional<SystemState> living = options.stateFile().living();
        if (!quiet) {
            living.ifPresentOrElse(this::print, () -> terminal.print("MetaChat is not up. ./metachat up starts it."));
        }
        return living.map(StatusCommand::exitCode).orElse(NOT_UP);
    }

    private void print(SystemState state) {
        terminal.print("MetaChat is " + state.phase().name().toLowerCase(Locale.ROOT) + ", process "
                + state.supervisor().pid() + ", since " + state.since());
        terminal.print(terminal.styled(
                Style.STRONG, ROW.formatted("process", "state", "pid", "memory", "restarts", "listens on")));
        long total = ResidentMemory.ofProcess(state.supervisor().pid()).orElse(0);
        for (ComponentStatus component : state.components()) {
            OptionalLong memory = memoryOf(component);
            total += memory.orElse(0);
            terminal.print(row(state, component, memory));
        }
        terminal.print(ROW.formatted("total", "", "", megabytes(OptionalLong.of(total)), "", "")
                .stripTrailing());
    }

    private String row(SystemState state, ComponentStatus component, OptionalLong memory) {
        RunningProcess process = component.process();
        String ports = component.endpoints().stream()
                .map(endpoint -> endpoint + " " + state.ports().get(endpoint))
                .collect(Collectors.joining(", "));
        String row = ROW.formatted(
                component.name(),
                component.state().label(),
                process == null ? "-" : process.pid(),
                megabytes(memory),
                component.restarts(),
                component.note() == null ? ports : component.note());
        return component.state() == ComponentState.DIED ? terminal.styled(Style.BAD, row) : row;
    }

    private static OptionalLong memoryOf(ComponentStatus component) {
        RunningProcess process = component.process();
        return process == null ? OptionalLong.empty() : ResidentMemory.ofProcess(process.pid());
    }

    private static String megabytes(OptionalLong bytes) {
        return bytes.isEmpty() ? "-" : bytes.getAsLong() / (1024 * 1024) + " MB";
    }

    private static int exitCode(SystemState state) {
        boolean ready = state.phase() == Phase.READY
                && state.components().stream().allMatch(component -> component.state() == ComponentState.READY);
        return ready ? 0 : NOT_READY;
    }
}
