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

    /** Below the range that systems give to outgoing connections, so that none of those gets in between. */
    private static final int LOWEST = 14_000;

    private static final int HIGHEST = 32_000;

    private Ports() {}

    /** Distinct ports on which nobody listens; nothing keeps another process from taking one before the caller does. */
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

    /** @throws PortTakenException when somebody listens on the port */
    public static void requireFree(int port, String wantedBy) {
        if (!isFree(port)) {
            throw new PortTakenException(wantedBy, port);
        }
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // Without this, connections that a former listener has just closed would make its port look taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOOPBACK, port));
            return true;
        } catch (BindException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask whether port " + port + " is free", e);
        }
    }
}
