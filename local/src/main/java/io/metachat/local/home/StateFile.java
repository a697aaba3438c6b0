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

/** Where the one supervisor of a home says how things are, and where others read it. */
public final class StateFile {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Home home;

    public StateFile(Home home) {
        this.home = home;
    }

    /** What was last said, also when the one who said it is gone; empty when there is nothing. */
    public Optional<SystemState> last() {
        try {
            return Files.exists(home.stateFile())
                    ? Optional.of(JSON.readValue(home.stateFile().toFile(), SystemState.class))
                    : Optional.empty();
        } catch (JacksonException e) {
            throw new LocalException(home.stateFile() + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    /** What the living supervisor says; empty when none lives. */
    public Optional<SystemState> living() {
        return last().filter(state -> state.supervisor().find().isPresent());
    }

    /**
     * Keeps every other supervisor of this home out, until the lock is closed or this process ends.
     *
     * @return empty when another one holds it
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

    /** Readers see the former state or this one, never a part. */
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
