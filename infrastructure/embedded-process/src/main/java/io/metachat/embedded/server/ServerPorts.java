package io.metachat.embedded.server;

import io.metachat.embedded.process.PortTakenException;
import io.metachat.embedded.process.Ports;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The ports of one server. A requested 0 is replaced by a free port, which stays the same over restarts. */
public final class ServerPorts {

    private final Map<String, Integer> wanted;
    private final Map<String, Integer> chosen = new LinkedHashMap<>();

    /** @param wanted the requested port, or 0, by its user, for example "Kafka's controller" */
    public ServerPorts(Map<String, Integer> wanted) {
        this.wanted = new LinkedHashMap<>(wanted);
        choose();
    }

    public synchronized int of(String wantedBy) {
        Integer port = chosen.get(wantedBy);
        if (port == null) {
            throw new IllegalArgumentException("unknown user of a port: " + wantedBy);
        }
        return port;
    }

    /** @throws PortTakenException naming the first requested port that is taken */
    synchronized void requireFree() {
        replaceTaken();
        chosen.forEach((wantedBy, port) -> Ports.requireFree(port, wantedBy));
    }

    /** Replaces chosen ports that have been taken since, and returns whether there were any. */
    synchronized boolean replaceTaken() {
        boolean taken = chosen.entrySet().stream()
                .anyMatch(port -> Objects.equals(wanted.get(port.getKey()), 0) && !Ports.isFree(port.getValue()));
        if (taken) {
            choose();
        }
        return taken;
    }

    private void choose() {
        List<Integer> free = Ports.free(wanted.size());
        int next = 0;
        for (Map.Entry<String, Integer> port : wanted.entrySet()) {
            int fallback = free.get(next++);
            chosen.put(port.getKey(), port.getValue() == 0 ? fallback : port.getValue());
        }
    }
}
