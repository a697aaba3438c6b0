package io.metachat.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** The speed of a disk when each write must be durable before the next one. */
final class DiskSyncs {

    private DiskSyncs() {}

    /** Repeatedly appends this many bytes to a file and syncs them. */
    static double perSecond(Path directory, int bytes, int seconds) throws IOException {
        Path file = Files.createTempFile(directory, "bench-fdatasync", ".log");
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
        long syncs = 0;
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            while (System.nanoTime() < end) {
                buffer.clear();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(false);
                syncs++;
            }
            return syncs * 1e9 / (System.nanoTime() - start);
        } finally {
            Files.delete(file);
        }
    }
}
