package io.metachat.embedded.server;

import io.metachat.embedded.process.RunningProcess;
import io.metachat.embedded.process.ServerStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A server's directory, used by one server at a time.
 *
 * <p>Two things exclude a second server: a lock held by this JVM, and the noted id of the server's process, which may
 * outlive this JVM for a few seconds.
 */
final class DataDirectory {

    private final Path path;
    private final boolean temporary;
    private @Nullable FileChannel channel;

    private DataDirectory(Path path, boolean temporary) {
        this.path = path.toAbsolutePath();
        this.temporary = temporary;
    }

    static DataDirectory kept(Path path) {
        return new DataDirectory(path, false);
    }

    /** Returns a new directory, which is deleted on release. */
    static DataDirectory temporary(String name) {
        try {
            return new DataDirectory(Files.createTempDirectory("metachat-" + name + "-"), true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary directory", e);
        }
    }

    boolean isTemporary() {
        return temporary;
    }

    Path path() {
        return path;
    }

    /**
     * Claims the directory. Waits for an earlier server that is still stopping.
     *
     * @throws ServerStartException if another server uses it
     */
    void claim(Duration timeout) {
        if (channel != null) {
            return;
        }
        try {
            Files.createDirectories(path);
            FileChannel opened =
                    FileChannel.open(path.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(opened)) {
                opened.close();
                throw new ServerStartException("another server uses the data directory " + path);
            }
            channel = opened;
            awaitEndOfFormerServer(timeout);
        } catch (IOException e) {
            throw new ServerStartException("the data directory " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    Path emptySubdirectory(String name) {
        Path directory = path.resolve(name);
        try {
            DirectoryTree.delete(directory);
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + directory, e);
        }
    }

    /** Notes the process that now uses the directory. */
    void usedBy(long pid) {
        try {
            Files.writeString(pidFile(), pid + " " + RunningProcess.of(pid).start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the data directory " + path, e);
        }
    }

    void release() {
        try {
            if (channel != null) {
                Files.deleteIfExists(pidFile());
                channel.close();
                channel = null;
            }
            if (temporary) {
                DirectoryTree.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release the data directory " + path, e);
        }
    }

    private void awaitEndOfFormerServer(Duration timeout) throws IOException {
        if (!Files.exists(pidFile())) {
            return;
        }
        String[] noted = Files.readString(pidFile()).split(" ", 2);
        RunningProcess former = new RunningProcess(Long.parseLong(noted[0]), noted[1]);
        if (!former.endsWithin(timeout)) {
            release();
            throw new ServerStartException("process " + former.pid() + " still uses the data directory " + path);
        }
    }

    private static boolean isLocked(FileChannel opened) throws IOException {
        try {
            FileLock lock = opened.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisJvm) {
            return false;
        }
    }

    private Path pidFile() {
        return path.resolve("server.pid");
    }
}
