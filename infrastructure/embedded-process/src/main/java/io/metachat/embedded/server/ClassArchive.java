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
 * A server's loaded classes, recorded by the JVM when it first stops in peace (AppCDS) and mapped by every start
 * after that, which makes the start faster. Without it the server only starts slower.
 */
final class ClassArchive {

    private static final String SUFFIX = ".jsa";

    /** Enough for a few heap sizes and versions side by side; each is some 60 MB. */
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
            // The JVM makes no archive of classes that lie in directories, as they do in a development environment.
            this.possible = command.classPath().stream().allMatch(Files::isRegularFile);
            this.isRecording = possible && !Files.exists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for the class archive of " + name, e);
        }
    }

    boolean isRecording() {
        return isRecording;
    }

    /** The JVM options that use the archive, or record it where there is none. */
    List<String> options() {
        if (!possible) {
            return List.of();
        }
        return isRecording
                ? List.of("-XX:ArchiveClassesAtExit=" + recording, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto", "-Xlog:cds=off");
    }

    /** To be called when the server is gone; a recording is whole only when it stopped in peace. */
    void finish(boolean inPeace) {
        try {
            if (inPeace && Files.exists(recording)) {
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
