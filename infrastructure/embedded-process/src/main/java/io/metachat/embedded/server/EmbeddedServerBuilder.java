package io.metachat.embedded.server;

import io.metachat.embedded.process.JavaCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The options of every embedded server. All have defaults that suit tests.
 *
 * @param <B> the builder of the server itself
 * @param <S> the server
 */
public abstract class EmbeddedServerBuilder<B extends EmbeddedServerBuilder<B, S>, S extends EmbeddedServer> {

    private static final int DEFAULT_HEAP_MEGABYTES = 256;

    private @Nullable Path dataDirectory;
    private @Nullable Path log;
    private int heapMegabytes = DEFAULT_HEAP_MEGABYTES;
    private Path javaHome = JavaCommand.currentJavaHome();

    protected EmbeddedServerBuilder() {}

    /** Sets the data directory. The default is a temporary one, which is deleted on close. */
    public final B dataDirectory(Path directory) {
        this.dataDirectory = directory;
        return self();
    }

    /**
     * Sets the file for the server's output, which is appended. The default is {@code server.log} in the data
     * directory.
     */
    public final B log(Path file) {
        this.log = file;
        return self();
    }

    public final B heapMegabytes(int megabytes) {
        this.heapMegabytes = megabytes;
        return self();
    }

    /** Sets the Java home for the server. The default is that of this JVM. */
    public final B javaHome(Path directory) {
        this.javaHome = directory;
        return self();
    }

    public abstract S build();

    /** Builds and starts the server. Leaves nothing behind if that fails. */
    public final S start() {
        S server = build();
        server.start();
        return server;
    }

    protected abstract B self();

    protected final EmbeddedServerOptions options(Duration startTimeout, Duration stopTimeout) {
        return new EmbeddedServerOptions(
                Optional.ofNullable(dataDirectory),
                Optional.ofNullable(log),
                heapMegabytes,
                javaHome,
                startTimeout,
                stopTimeout);
    }
}
