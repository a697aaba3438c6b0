package io.metachat.local.lifecycle;

import io.metachat.local.home.Home;
import io.metachat.local.home.HomeOptions;
import io.metachat.local.home.LocalException;
import io.metachat.local.terminal.Terminal;
import java.io.Console;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "reset",
        description = "Delete all data and logs; MetaChat must be down.",
        mixinStandardHelpOptions = true)
public final class ResetCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask for confirmation.")
    private boolean sure;

    public ResetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Home home = options.home();
        if (options.stateFile().living().isPresent()) {
            throw new LocalException("MetaChat is up. ./metachat down stops it.");
        }
        if (!Files.exists(home.path())) {
            terminal.print("Nothing to delete in " + home.path());
            return 0;
        }
        if (!sure && !isConfirmed(home)) {
            terminal.print("Nothing was deleted.");
            return ExitCode.SOFTWARE;
        }
        home.delete();
        terminal.print("Deleted " + home.path());
        return 0;
    }

    private static boolean isConfirmed(Home home) {
        Console console = System.console();
        if (console == null) {
            throw new LocalException("reset deletes everything in " + home.path() + "; confirm with --yes");
        }
        return "yes".equals(console.readLine("Delete everything in %s? Type yes: ", home.path()));
    }
}
