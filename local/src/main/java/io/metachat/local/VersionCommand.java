package io.metachat.local;

import io.metachat.local.home.Version;
import io.metachat.local.terminal.Terminal;
import picocli.CommandLine.Command;

@Command(name = "version", description = "Print the version of MetaChat and of Java.", mixinStandardHelpOptions = true)
final class VersionCommand implements Runnable {

    private final Terminal terminal;

    public VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        terminal.print("MetaChat " + Version.current() + ", Java " + Runtime.version());
    }
}
