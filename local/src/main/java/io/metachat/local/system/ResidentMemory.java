package io.metachat.local.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.OptionalLong;

/** How much memory a process takes, as {@code ps} tells on Linux and macOS alike. */
public final class ResidentMemory {

    private static final long BYTES_PER_UNIT_OF_PS = 1024;

    private ResidentMemory() {}

    /** @return bytes; empty when the process is gone or there is no {@code ps} */
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
