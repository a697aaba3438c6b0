package io.metachat.embedded.server;

import io.metachat.embedded.process.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * An archive of a server's loaded classes (AppCDS). The JVM records it when the server first stops gracefully; later
 * starts map it and are faster. A missing archive only makes the start slower.
 */
final class ClassArchive {

    private static final String SUFFIX = ".jsa";

    /** Enough for a few versions and checkouts; each archive has about 60 MB. */
    private static final int KEPT_PER_SERVER = 3;

    private final String name;
    private final Path file;
    private final Path recording;
    private final boolean isRecording;
    private final boolean possible;

    ClassArchive(CacheDirectory cache, String name, JavaCommand command) {
        try {
            Path entry = cache.entry(name, command.archiveIdentity());
            Files.createDirectories(cache.root());
            this.name = name;
            this.file = entry.resolveSibling(entry.getFileName() + SUFFIX);
            this.recording = entry.resolveSibling("%s.%d-%d.recording"
                    .formatted(entry.getFileName(), ProcessHandle.current().pid(), System.nanoTime()));
            // The JVM cannot archive classes from directories, which development environments use.
            this.possible = command.classPath().stream().allMatch(Files::isRegularFile);
            this.isRecording = possible && !Files.exists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot find the class archive of " + name, e);
        }
    }

    boolean isRecording() {
        return isRecording;
    }

    /** Returns the JVM options that use the archive, or record it if it does not exist. */
    List<String> options() {
        return isRecording
                ? List.of("-XX:ArchiveClassesAtExit=" + recording, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : optionsOfReader();
    }

    /** Returns the JVM options that use the archive and never record one, for short-lived tools of the server. */
    List<String> optionsOfReader() {
        return possible && !isRecording
                ? List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto", "-Xlog:cds=off")
                : List.of();
    }

    /** Must be called after the server's end. A recording is complete only after a graceful stop. */
    void finish(boolean graceful) {
        try {
            if (graceful && Files.exists(recording)) {
                Files.move(recording, file, StandardCopyOption.ATOMIC_MOVE);
                deleteOldest();
            }
            Files.deleteIfExists(recording);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the class archive " + file, e);
        }
    }

    private void deleteOldest() throws IOException {
        try (Stream<Path> entries = Files.list(file.getParent())) {
            List<Path> surplus = entries.filter(this::isOfThisServer)
                    .sorted(Comparator.comparing(
                                    (Path archive) -> archive.toFile().lastModified())
                            .reversed())
                    .skip(KEPT_PER_SERVER)
                    .toList();
            for (Path archive : surplus) {
                Files.deleteIfExists(archive);
            }
        }
    }

    private boolean isOfThisServer(Path archive) {
        String fileName = archive.getFileName().toString();
        return fileName.startsWith(name + "-") && fileName.endsWith(SUFFIX);
    }
}
