package io.metachat.embedded.eventstoredb;

import io.grpc.netty.shaded.io.netty.util.internal.logging.InternalLoggerFactory;
import io.grpc.netty.shaded.io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The server as a program of its own. */
@Command(
        name = "embedded-eventstoredb",
        mixinStandardHelpOptions = true,
        versionProvider = EmbeddedEventStoreDbServer.Version.class,
        description = {
            "A compatible development server for EventStoreDB's clients. It is not EventStoreDB.",
            "Serves until it is told to stop; with --info, --verify or --scavenge it looks after the data and ends."
        },
        sortOptions = false)
public final class EmbeddedEventStoreDbServer implements Callable<Integer> {

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on (${DEFAULT-VALUE}).")
    private String host = "";

    @Option(
            names = "--port",
            defaultValue = "2113",
            description = "Port to listen on, 0 for a free one (${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--data",
            defaultValue = "eventstoredb-data",
            description = "Directory that keeps the events (${DEFAULT-VALUE}).")
    private Path data = Path.of("");

    @ArgGroup
    private @Nullable Maintenance maintenance;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] arguments) {
        // Otherwise Netty takes SLF4J because the client brings its interface, and SLF4J warns that nothing is behind
        // it.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        int code = new CommandLine(new EmbeddedEventStoreDbServer())
                .setExecutionExceptionHandler(EmbeddedEventStoreDbServer::explain)
                .execute(arguments);
        System.exit(code);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (maintenance != null) {
            return maintenance.run(data, out());
        }
        serve();
        return CommandLine.ExitCode.OK;
    }

    private void serve() throws InterruptedException {
        EventStoreDbOptions options =
                EventStoreDbOptions.defaults().withHost(host).withPort(port).withData(data);
        CountDownLatch stopped = new CountDownLatch(1);
        EmbeddedEventStoreDb server = EmbeddedEventStoreDb.start(options);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            stopped.countDown();
                        },
                        "eventstoredb-stop"));
        out().println("EventStoreDB-compatible server ready on " + server.connectionString());
        out().flush();
        stopped.await();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** One line for what a person can mend; everything else is a defect and shows its trace. */
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof EventStoreDbStartException) {
            command.getErr().println("embedded-eventstoredb: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }

    /** Says of itself what it is. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = EmbeddedEventStoreDbServer.class.getPackage().getImplementationVersion();
            return new String[] {
                "embedded-eventstoredb " + (version == null ? "(not packaged)" : version),
                "A compatible development server, not EventStoreDB. Speaks its gRPC protocol as of 23.10."
            };
        }
    }
}
