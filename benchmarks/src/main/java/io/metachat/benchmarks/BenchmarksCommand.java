package io.metachat.benchmarks;

import io.metachat.benchmarks.cassandra.TokenRoundTrips;
import io.metachat.benchmarks.entry.EntryLatency;
import io.metachat.benchmarks.eventstore.Appends;
import io.metachat.benchmarks.eventstore.LoadAggregate;
import io.metachat.benchmarks.eventstore.Replay;
import io.metachat.benchmarks.projections.Rebuilding;
import io.metachat.benchmarks.server.ServerAppends;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** All measurements. */
@Command(
        name = "scripts/bench",
        description = "Measures MetaChat. Each command prints one table.",
        mixinStandardHelpOptions = true,
        subcommands = {
            EntryLatency.class,
            TokenRoundTrips.class,
            Rebuilding.class,
            ServerAppends.class,
            Appends.class,
            Replay.class,
            LoadAggregate.class
        })
public final class BenchmarksCommand {

    private BenchmarksCommand() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchmarksCommand()).execute(arguments));
    }
}
