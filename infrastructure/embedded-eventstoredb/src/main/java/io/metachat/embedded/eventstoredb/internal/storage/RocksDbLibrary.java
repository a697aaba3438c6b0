package io.metachat.embedded.eventstoredb.internal.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/**
 * Loads RocksDB's native part, once a JVM. It is unpacked into the data directory, always under the same name: RocksDB's
 * own way is a new file of 16 MB in the temporary directory for each start, which stays there when the process is killed.
 */
final class RocksDbLibrary {

    private RocksDbLibrary() {}

    static void load(Path directory) throws IOException {
        NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
        RocksDB.loadLibrary();
    }
}
