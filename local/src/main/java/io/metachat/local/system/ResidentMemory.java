package io.metachat.local.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.OptionalLong;

/** The resident memory of a process, from {@code ps}, which Linux and macOS both have. */
public final class ResidentMemory {

    private static final long BYTES_PER_UNIT_OF_PS = 1024;

    private ResidentMemory() {}

    /** @return bytes; empty if the process has ended or {@code ps} is missing */
    public static OptionalLong ofProcess(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
            try (BufferedReader answer = ps.inputReader()) {
                String line = answer.readLine();
                return line == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(Long.parseLong(line.strip()) * BYTES_PER_UNIT_OF_PS);
            }
        } catch (IOException noPs) {
            return OptionalLong.empty();
        }
    }
}
