package io.metachat.local.lifecycle;

import io.metachat.local.home.HomeOptions;
import io.metachat.local.home.LocalException;
import io.metachat.local.home.LocalSettings;
import io.metachat.local.home.Service;
import io.metachat.local.home.SystemState;
import io.metachat.local.home.SystemState.Phase;
import io.metachat.local.system.LocalSystem;
import io.metachat.local.terminal.Terminal;
import io.metachat.local.terminal.Terminal.Style;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description =
                "Start everything, wait until it is ready and print the addresses. Runs until Ctrl-C, unless detached.",
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-d", "--detach"},
            description = "Return when everything is ready, and keep it running.")
    private boolean detached;

    @Option(
            names = "--separate",
            split = ",",
            paramLabel = "SERVICE",
            description = "Run these services in their own JVMs from their own jars, as in production.")
    private List<String> separate = List.of();

    public UpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        Optional<SystemState> living = options.stateFile().living();
        if (living.isPresent()) {
            return alreadyUp(living.get());
        }
        LocalSettings settings = options.settings(services());
        return detached
                ? new DetachedStart(terminal, spec.root().userObject().getClass(), settings).run()
                : stayInForeground(settings);
    }

    private int stayInForeground(LocalSettings settings) throws InterruptedException {
        LocalSystem system = LocalSystem.claim(settings, new Progress(terminal, Clock.systemUTC()));
        Thread stop = new Thread(system::stop, "stop-metachat");
        Runtime.getRuntime().addShutdownHook(stop);
        terminal.print("Starting MetaChat in " + settings.home().path());
        system.start();
        Addresses.announce(terminal, options.living());
        terminal.print(terminal.styled(Style.FAINT, "Press Ctrl-C to stop."));
        Thread.currentThread().join();
        return 0;
    }

    private int alreadyUp(SystemState state) {
        if (state.phase() != Phase.READY) {
            throw new LocalException(
                    "MetaChat is already " + state.phase().name().toLowerCase(Locale.ROOT) + " (process "
                            + state.supervisor().pid() + ")");
        }
        terminal.print("MetaChat is already up (process " + state.supervisor().pid() + "):");
        Addresses.print(terminal, state);
        return 0;
    }

    private Set<Service> services() {
        return separate.stream().map(Service::of).collect(Collectors.toUnmodifiableSet());
    }
}
