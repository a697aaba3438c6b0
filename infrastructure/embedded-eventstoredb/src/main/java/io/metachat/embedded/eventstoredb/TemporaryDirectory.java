package io.metachat.embedded.eventstoredb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The data directory of a server without a configured one. */
final class TemporaryDirectory {

    private TemporaryDirectory() {}

    static Path create() {
        try {
            return Files.createTempDirectory("eventstoredb-");
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot create a temporary directory", failure);
        }
    }

    static void delete(Path directory) {
        try {
            List<Path> deepestFirst;
            try (Stream<Path> tree = Files.walk(directory)) {
                deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot delete a temporary directory", failure);
        }
    }
}
