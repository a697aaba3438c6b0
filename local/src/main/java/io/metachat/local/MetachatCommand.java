package io.metachat.local;

import io.metachat.embedded.process.ServerStartException;
import io.metachat.local.demo.DemoCommand;
import io.metachat.local.home.LocalException;
import io.metachat.local.home.Version;
import io.metachat.local.lifecycle.DownCommand;
import io.metachat.local.lifecycle.LogsCommand;
import io.metachat.local.lifecycle.ResetCommand;
import io.metachat.local.lifecycle.StatusCommand;
import io.metachat.local.lifecycle.UpCommand;
import io.metachat.local.operator.DeadLettersCommand;
import io.metachat.local.operator.ProjectionsCommand;
import io.metachat.local.operator.ReanalyseCommand;
import io.metachat.local.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code ./metachat} command with its subcommands. */
@Command(
        name = "metachat",
        description = "MetaChat on one machine: a diary that understands mood and introduces people.",
        mixinStandardHelpOptions = true,
        versionProvider = MetachatCommand.VersionLine.class,
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            DemoCommand.class,
            ProjectionsCommand.class,
            DeadLettersCommand.class,
            ReanalyseCommand.class,
            ResetCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        })
public final class MetachatCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    MetachatCommand() {}

    public static void main(String[] arguments) {
        System.exit(commandLine(Terminal.ofThisProcess()).execute(arguments));
    }

    static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new MetachatCommand(), new CommandFactory(terminal))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof LocalException || failure instanceof ServerStartException) {
                        terminal.printError(String.valueOf(failure.getMessage()));
                        return ExitCode.SOFTWARE;
                    }
                    throw failure;
                });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command. Try: metachat up");
    }

    /** The answer to {@code --version}. */
    static final class VersionLine implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"MetaChat " + Version.current()};
        }
    }
}
