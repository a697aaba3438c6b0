package io.metachat.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.embedded.process.PortTakenException;
import io.metachat.embedded.process.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerPortsTest {

    @Test
    void shouldKeepAPortThatWasAskedFor() {
        int wanted = Ports.free(1).get(0);

        assertThat(new ServerPorts(Map.of("Kafka", wanted)).of("Kafka")).isEqualTo(wanted);
    }

    @Test
    void shouldChooseDistinctFreePorts() {
        ServerPorts ports = new ServerPorts(Map.of("Kafka", 0, "Kafka's controller", 0));

        assertThat(ports.of("Kafka")).isNotEqualTo(ports.of("Kafka's controller"));
        assertThat(Ports.isFree(ports.of("Kafka"))).isTrue();
    }

    @Test
    void shouldNameWhoWantsATakenPort() throws IOException {
        int wanted = Ports.free(1).get(0);
        ServerPorts ports = new ServerPorts(Map.of("Kafka", wanted));

        try (ServerSocket taken = listening(wanted)) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("port " + wanted + " is taken: Kafka");
        }
    }

    @Test
    void shouldChooseAnotherWhenAChosenPortWasTakenInBetween() throws IOException {
        ServerPorts ports = new ServerPorts(Map.of("Kafka", 0));
        int first = ports.of("Kafka");

        try (ServerSocket taken = listening(first)) {
            assertThat(taken.isBound()).isTrue();
            ports.requireFree();
        }

        assertThat(ports.of("Kafka")).isNotEqualTo(first);
    }

    private static ServerSocket listening(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(Ports.LOOPBACK, port));
        return socket;
    }
}
