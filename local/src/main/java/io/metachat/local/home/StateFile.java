package io.metachat.local.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The file in which a home's supervisor publishes its state to other processes. */
public final class StateFile {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Home home;

    public StateFile(Home home) {
        this.home = home;
    }

    /** Returns the last published state, even if its supervisor has ended; empty if there is none. */
    public Optional<SystemState> last() {
        try {
            return Files.exists(home.stateFile())
                    ? Optional.of(JSON.readValue(home.stateFile().toFile(), SystemState.class))
                    : Optional.empty();
        } catch (JacksonException e) {
            throw new LocalException(home.stateFile() + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    /** Returns the state of the running supervisor; empty if none runs. */
    public Optional<SystemState> living() {
        return last().filter(state -> state.supervisor().find().isPresent());
    }

    /**
     * Locks the home for this supervisor until the lock is closed or this process ends.
     *
     * @return the lock, or empty if another supervisor holds it
     */
    public Optional<FileLock> lock() {
        try {
            FileChannel channel =
                    FileChannel.open(home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
            }
            return Optional.ofNullable(lock);
        } catch (OverlappingFileLockException heldByThisProcess) {
            return Optional.empty();
        } catch (IOException e) {
            throw new LocalException(home.lockFile() + " cannot be locked: " + e.getMessage(), e);
        }
    }

    /** Replaces the state atomically: readers see the old state or the new one. */
    public synchronized void write(SystemState state) {
        try {
            Path written = home.path().resolve("state.json.tmp");
            Files.writeString(written, JSON.writeValueAsString(state));
            Files.move(written, home.stateFile(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LocalException(home.stateFile() + " cannot be written: " + e.getMessage(), e);
        }
    }
}
