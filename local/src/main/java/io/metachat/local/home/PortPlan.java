package io.metachat.local.home;

import io.metachat.embedded.process.Ports;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The port of every endpoint. {@code METACHAT_PORT_OFFSET} shifts all default ports; a variable such as {@code
 * METACHAT_PORT_KAFKA} sets one port.
 */
public final class PortPlan {

    public static final String OFFSET_VARIABLE = "METACHAT_PORT_OFFSET";

    private static final int HIGHEST_PORT = 65_535;

    private final Map<Endpoint, Integer> ports;

    private PortPlan(Map<Endpoint, Integer> ports) {
        this.ports = new EnumMap<>(ports);
    }

    /** @throws LocalException if a variable is not a port, or two endpoints share a port; the message names them */
    public static PortPlan of(Map<String, String> environment) {
        int offset = wholeNumber(environment, OFFSET_VARIABLE, 0);
        Map<Endpoint, Integer> ports = new EnumMap<>(Endpoint.class);
        for (Endpoint endpoint : Endpoint.values()) {
            ports.put(endpoint, port(environment, endpoint, offset));
        }
        requireDistinct(ports);
        return new PortPlan(ports);
    }

    public int of(Endpoint endpoint) {
        return Objects.requireNonNull(ports.get(endpoint), endpoint::label);
    }

    /** Returns host and port, for example "127.0.0.1:8080". */
    public String address(Endpoint endpoint) {
        return Ports.LOOPBACK + ":" + of(endpoint);
    }

    public Map<Endpoint, Integer> asMap() {
        return Map.copyOf(ports);
    }

    /** Returns the variables from which a child process reads the same plan. */
    public Map<String, String> toEnvironment() {
        Map<String, String> environment = new HashMap<>();
        environment.put(OFFSET_VARIABLE, "0");
        ports.forEach((endpoint, port) -> environment.put(endpoint.variable(), Integer.toString(port)));
        return environment;
    }

    /** @throws LocalException if ports are taken; the message names each port and its endpoint */
    public void requireFree() {
        List<String> taken = ports.entrySet().stream()
                .filter(port -> !Ports.isFree(port.getValue()))
                .map(port -> "port " + port.getValue() + " is taken, but "
                        + port.getKey().label() + " needs it (" + port.getKey().variable() + " changes it)")
                .toList();
        if (!taken.isEmpty()) {
            throw new LocalException(String.join("\n", taken) + "\n" + OFFSET_VARIABLE
                    + "=10000 shifts all ports of MetaChat by 10000.");
        }
    }

    private static int port(Map<String, String> environment, Endpoint endpoint, int offset) {
        int port = wholeNumber(environment, endpoint.variable(), endpoint.usualPort() + offset);
        if (port < 1 || port > HIGHEST_PORT) {
            throw new LocalException(endpoint.label() + " would listen on " + port + ", which is not a port: check "
                    + OFFSET_VARIABLE + " and " + endpoint.variable());
        }
        return port;
    }

    private static int wholeNumber(Map<String, String> environment, String variable, int otherwise) {
        String given = environment.getOrDefault(variable, "").strip();
        if (given.isEmpty()) {
            return otherwise;
        }
        try {
            return Integer.parseInt(given);
        } catch (NumberFormatException e) {
            throw new LocalException(variable + " is not a whole number: " + given, e);
        }
    }

    private static void requireDistinct(Map<Endpoint, Integer> ports) {
        Map<Integer, Endpoint> owners = new HashMap<>();
        ports.forEach((endpoint, port) -> {
            Endpoint other = owners.putIfAbsent(port, endpoint);
            if (other != null) {
                throw new LocalException(
                        other.label() + " and " + endpoint.label() + " would both listen on port " + port);
            }
        });
    }
}
