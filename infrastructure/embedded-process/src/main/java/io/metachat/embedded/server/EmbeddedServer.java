package io.metachat.embedded.server;

import io.metachat.embedded.process.JavaCommand;
import io.metachat.embedded.process.PortTakenException;
import io.metachat.embedded.process.ProcessSpec;
import io.metachat.embedded.process.ServerProcess;
import io.metachat.embedded.process.ServerStartException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server that runs from its own jars in its own JVM. It can be started, stopped, killed and started again on the same
 * ports and data. It ends with this JVM, even if this JVM is killed.
 *
 * <p>Thread-safe; starts and stops exclude each other.
 */
public abstract class EmbeddedServer implements AutoCloseable {

    private static final int ATTEMPTS_WITH_CHOSEN_PORTS = 3;

    private final String name;
    private final EmbeddedServerOptions options;
    private final CacheDirectory cache = CacheDirectory.ofUser();
    private final DataDirectory data;
    private final ServerPorts ports;
    private @Nullable Run run;

    /** The process that is starting and not ready yet. */
    private volatile @Nullable ServerProcess starting;

    /** One run of the server, and the class archive that it uses or records. */
    private record Run(ServerProcess process, ClassArchive archive) {}

    protected EmbeddedServer(String name, EmbeddedServerOptions options, Map<String, Integer> wantedPorts) {
        this.name = name;
        this.options = options;
        this.data =
                options.dataDirectory().map(DataDirectory::kept).orElseGet(() -> DataDirectory.temporary(fileName()));
        this.ports = new ServerPorts(wantedPorts);
    }

    /** Writes the configuration for the ports and the data directory, and returns the server's command line. */
    protected abstract JavaCommand prepare() throws IOException;

    /** Returns variables in addition to the inherited ones. Secrets belong here, not on the command line. */
    protected Map<String, String> environment() {
        return Map.of();
    }

    /** Checks via the server's protocol whether it is ready. */
    protected abstract boolean answers() throws IOException;

    /**
     * Starts the server and returns when it is ready.
     *
     * @throws PortTakenException if a requested port is taken
     * @throws ServerStartException if the server ends or does not become ready; the message has the last lines of its
     *     log
     */
    public final synchronized void start() {
        if (isRunning()) {
            throw new IllegalStateException(name + " is already running");
        }
        if (run != null) {
            // It ended by itself.
            run.archive().finish(false);
            run = null;
        }
        data.claim(options.stopTimeout());
        try {
            launch();
        } catch (RuntimeException e) {
            data.release();
            throw e;
        }
    }

    /**
     * Stops the server gracefully; it can be started again. Does nothing if it does not run. A start in flight in
     * another thread fails.
     */
    public final void stop() {
        abandonStart();
        synchronized (this) {
            if (run != null) {
                boolean graceful = run.process().stop();
                run.archive().finish(graceful);
                run = null;
            }
        }
    }

    /** Kills the server like {@code kill -9}; it can be started again on its data. */
    public final synchronized void kill() {
        if (run != null) {
            run.process().kill();
            run.archive().finish(false);
            run = null;
        }
    }

    /** Stops the server if it runs, and starts it again on the same ports and data. */
    public final synchronized void restart() {
        stop();
        start();
    }

    /** Stops the server and releases its data directory; deletes a temporary one. */
    @Override
    public final void close() {
        abandonStart();
        synchronized (this) {
            if (run != null && data.isTemporary() && !run.archive().isRecording()) {
                // Temporary data need not be flushed, which takes Cassandra seconds.
                kill();
            }
            stop();
            data.release();
        }
    }

    private void abandonStart() {
        ServerProcess unready = starting;
        if (unready != null) {
            unready.kill();
        }
    }

    public final synchronized boolean isRunning() {
        return run != null && run.process().isAlive();
    }

    /** Whether the server runs and is ready now. */
    public final synchronized boolean isReady() {
        return run != null && run.process().isReady();
    }

    /** @throws IllegalStateException if the server does not run */
    public final synchronized ServerProcess process() {
        if (run == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return run.process();
    }

    /** @throws IllegalStateException when the server does not run */
    public final long pid() {
        return process().pid();
    }

    public final String name() {
        return name;
    }

    public final Path dataDirectory() {
        return data.path();
    }

    public final Path log() {
        return options.log().orElseGet(() -> data.path().resolve("server.log"));
    }

    protected final int portOf(String wantedBy) {
        return ports.of(wantedBy);
    }

    /** Returns the server's own jars, from the artefact that contains them. */
    protected final ServerJars jars() {
        return ServerJars.unpack(fileName(), cache);
    }

    protected final EmbeddedServerOptions options() {
        return options;
    }

    /** Runs a tool of the server during {@link #prepare()}. Its output goes to the server's log. */
    protected final void runToEnd(JavaCommand tool) {
        List<String> archived = new ClassArchive(cache, fileName(), tool).optionsOfReader();
        ServerProcess process = ServerProcess.launch(spec(tool.with(archived)));
        process.awaitEnd();
    }

    private ProcessSpec spec(List<String> command) {
        return new ProcessSpec(
                name,
                command,
                environment(),
                data.path(),
                log(),
                this::answers,
                options.startTimeout(),
                options.stopTimeout());
    }

    private String fileName() {
        return name.toLowerCase(Locale.ROOT);
    }

    private void launch() {
        for (int attempt = 1; ; attempt++) {
            ports.requireFree();
            try {
                run = launchOnce();
                return;
            } catch (ServerStartException e) {
                // Another process may have taken a chosen port before the server used it.
                if (attempt == ATTEMPTS_WITH_CHOSEN_PORTS || !ports.replaceTaken()) {
                    throw e;
                }
            }
        }
    }

    private Run launchOnce() {
        // Servers unpack native libraries there. A killed server would leave them in the system's directory for ever.
        Path temporary = data.emptySubdirectory("tmp");
        JavaCommand command = prepared().withProperty("java.io.tmpdir", temporary.toString());
        ClassArchive archive = new ClassArchive(cache, fileName(), command);
        ServerProcess process = ServerProcess.launch(spec(command.with(archive.options())));
        try {
            data.usedBy(process.pid());
            starting = process;
            process.awaitReady();
            return new Run(process, archive);
        } catch (RuntimeException e) {
            process.kill();
            archive.finish(false);
            throw e;
        } finally {
            starting = null;
        }
    }

    private JavaCommand prepared() {
        try {
            return prepare();
        } catch (IOException e) {
            throw new ServerStartException(name + " cannot be configured in " + data.path() + ": " + e.getMessage(), e);
        }
    }
}
