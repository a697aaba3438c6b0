package io.metachat.embedded.eventstoredb.internal.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/**
 * Loads RocksDB's native library, once per JVM. It is unpacked into the data directory under a fixed name. By default
 * RocksDB unpacks a new file of 16 MB into the temporary directory at each start, and a killed process leaves it there.
 */
final class RocksDbLibrary {

    private RocksDbLibrary() {}

    static void load(Path directory) throws IOException {
        NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
        RocksDB.loadLibrary();
    }
}
