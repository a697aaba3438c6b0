package io.metachat.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One system for all tests of the run: it is started by the first and stopped after the last. */
final class SystemExtension implements BeforeAllCallback {

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(SystemExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(HERE).computeIfAbsent(Running.class, key -> new Running(), Running.class);
    }

    static MetaChatSystem system() {
        return Running.system;
    }

    /** The running system; closed by JUnit at the end of the run. */
    private static final class Running implements AutoCloseable {

        private static final MetaChatSystem system = new MetaChatSystem(freshHome());

        Running() {
            try {
                system.up();
            } catch (AssertionError notReady) {
                system.down();
                throw notReady;
            }
        }

        @Override
        public void close() {
            system.down();
        }

        private static Path freshHome() {
            try {
                Path target = Files.createDirectories(Path.of("target"));
                return Files.createTempDirectory(target, "metachat").toAbsolutePath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
