package io.metachat.local.lifecycle;

import io.metachat.local.home.HomeOptions;
import io.metachat.local.system.Shutdown;
import io.metachat.local.terminal.Terminal;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "down", description = "Stop everything and keep the data.", mixinStandardHelpOptions = true)
public final class DownCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private HomeOptions options = new HomeOptions();

    public DownCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        Optional<Shutdown> shutdown =
                options.stateFile().last().map(Shutdown::new).filter(Shutdown::isNeeded);
        if (shutdown.isEmpty()) {
            terminal.print("MetaChat is not up.");
            return;
        }
        shutdown.get().run();
        terminal.print("MetaChat is down. Its data stays in " + options.home().path());
    }
}
