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

/** The server as a stand-alone program. */
@Command(
        name = "embedded-eventstoredb",
        mixinStandardHelpOptions = true,
        versionProvider = EmbeddedEventStoreDbServer.Version.class,
        description = {
            "A compatible development server for EventStoreDB's clients. It is not EventStoreDB.",
            "Runs until SIGTERM. With --info, --verify or --scavenge it maintains the data and exits."
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

    @Option(names = "--data", defaultValue = "eventstoredb-data", description = "Data directory (${DEFAULT-VALUE}).")
    private Path data = Path.of("");

    @ArgGroup
    private @Nullable Encryption encryption;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "Properties file with a line 'name=password' for each user; without it, access is open.")
    private @Nullable Path users;

    @Option(
            names = "--reserved-disk",
            defaultValue = "64",
            paramLabel = "MIB",
            description = "Refuse writes while the disk has less free space (${DEFAULT-VALUE}).")
    private int reservedDisk;

    @ArgGroup
    private @Nullable Maintenance maintenance;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] arguments) {
        // Otherwise Netty would use SLF4J, whose API comes with the client, and SLF4J would warn about a missing
        // provider.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new EmbeddedEventStoreDbServer())
                .setExecutionExceptionHandler(EmbeddedEventStoreDbServer::explain);
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
        EventStoreDbOptions options = EventStoreDbOptions.defaults()
                .withHost(host)
                .withPort(port)
                .withData(data)
                .withReservedDiskBytes((long) reservedDisk << 20);
        if (encryption != null && encryption.tls != null) {
            options = options.withTls(encryption.tls.files());
        }
        if (users != null) {
            options = options.withCredentials(UsersFile.read(users));
        }
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

    /** Prints one line for errors that a person can fix. Other errors are defects and show their stack trace. */
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof EventStoreDbStartException) {
            command.getErr().println("embedded-eventstoredb: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }

    /** TLS or plain text; the default is plain text. */
    static final class Encryption {
        @Option(names = "--insecure", description = "Use plain text (default).")
        private boolean insecure;

        @ArgGroup(exclusive = false)
        private @Nullable Tls tls;
    }

    /** The options of TLS. */
    static final class Tls {
        @Option(names = "--tls", required = true, description = "Encrypt connections with TLS.")
        private boolean wanted;

        @Option(
                names = "--certificate",
                required = true,
                paramLabel = "FILE",
                description = "PEM file with the certificate chain.")
        private Path certificate = Path.of("");

        @Option(
                names = "--key",
                required = true,
                paramLabel = "FILE",
                description = "PEM file with the private key (PKCS #8).")
        private Path key = Path.of("");

        private EventStoreDbTls files() {
            return new EventStoreDbTls(certificate, key);
        }
    }

    /** The answer to {@code --version}. */
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
