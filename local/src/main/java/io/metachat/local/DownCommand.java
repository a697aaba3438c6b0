package io.metachat.local;

import io.metachat.local.system.Shutdown;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "down", description = "Stop everything. Data is kept.", mixinStandardHelpOptions = true)
final class DownCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private HomeOptions options;

    DownCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        Optional<Shutdown> shutdown =
                options.stateFile().last().map(Shutdown::new).filter(Shutdown::isNeeded);
        if (shutdown.isEmpty()) {
            terminal.say("MetaChat is not up.");
            return;
        }
        shutdown.get().run();
        terminal.say("MetaChat is down; its data is kept in " + options.home().path());
    }
}
