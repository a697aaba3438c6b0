package io.metachat.embedded.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback address 127.0.0.1. */
public final class Ports {

    public static final String LOOPBACK = "127.0.0.1";

    /** Below the ephemeral range of outgoing connections, so that none of those takes a chosen port. */
    private static final int LOWEST = 14_000;

    private static final int HIGHEST = 32_000;

    private Ports() {}

    /** Returns distinct free ports. Another process may still take one before the caller does. */
    public static List<Integer> free(int count) {
        Set<Integer> found = new LinkedHashSet<>();
        while (found.size() < count) {
            int candidate = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(candidate)) {
                found.add(candidate);
            }
        }
        return List.copyOf(found);
    }

    /** @throws PortTakenException if a process listens on the port */
    public static void requireFree(int port, String wantedBy) {
        if (!isFree(port)) {
            throw new PortTakenException(wantedBy, port);
        }
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // Otherwise recently closed connections of a former listener would make its port look taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOOPBACK, port));
            return true;
        } catch (BindException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot check whether port " + port + " is free", e);
        }
    }
}
