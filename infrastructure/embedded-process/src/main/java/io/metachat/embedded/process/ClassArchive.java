package io.metachat.embedded.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A server's loaded classes, recorded by the JVM when it first stops in peace (AppCDS) and mapped by every start
 * after that, which makes the start faster. Without it the server only starts slower.
 */
final class ClassArchive {

    private final Path file;
    private final Path recording;
    private final boolean isRecording;

    ClassArchive(CacheDirectory cache, String name, JavaCommand command) {
        Path entry = cache.entry(name, command.archiveIdentity());
        this.file = entry.resolveSibling(entry.getFileName() + ".jsa");
        this.recording = entry.resolveSibling("%s.%d-%d.recording"
                .formatted(entry.getFileName(), ProcessHandle.current().pid(), System.nanoTime()));
        this.isRecording = !Files.exists(file);
    }

    boolean isRecording() {
        return isRecording;
    }

    /** The JVM options that use the archive, or record it where there is none. */
    List<String> options() {
        return isRecording
                ? List.of("-XX:ArchiveClassesAtExit=" + recording, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto", "-Xlog:cds=off");
    }

    /** To be called when the server is gone; a recording is whole only when it stopped in peace. */
    void finish(boolean inPeace) {
        try {
            if (inPeace && Files.exists(recording)) {
                Files.move(recording, file, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.deleteIfExists(recording);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the class archive " + file, e);
        }
    }
}
