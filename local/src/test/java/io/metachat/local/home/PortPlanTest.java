package io.metachat.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metachat.embedded.process.Ports;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortPlanTest {

    @Test
    void shouldUseTheUsualPorts() {
        PortPlan ports = PortPlan.of(Map.of());

        assertThat(ports.of(Endpoint.GATEWAY)).isEqualTo(8080);
        assertThat(ports.address(Endpoint.EVENTSTOREDB)).isEqualTo("127.0.0.1:2113");
    }

    @Test
    void shouldMoveAllByAnOffset() {
        PortPlan ports = PortPlan.of(Map.of("METACHAT_PORT_OFFSET", "10000"));

        assertThat(ports.of(Endpoint.GATEWAY)).isEqualTo(18_080);
        assertThat(ports.of(Endpoint.MATCHING_SERVICE_GRPC)).isEqualTo(60_054);
    }

    @Test
    void shouldMoveOneByItsOwnVariableWhateverTheOffset() {
        PortPlan ports = PortPlan.of(Map.of("METACHAT_PORT_OFFSET", "10000", "METACHAT_PORT_KAFKA", "4000"));

        assertThat(ports.of(Endpoint.KAFKA)).isEqualTo(4_000);
        assertThat(ports.of(Endpoint.CASSANDRA)).isEqualTo(19_042);
    }

    @Test
    void shouldBeReadAgainFromItsOwnVariables() {
        PortPlan ports = PortPlan.of(Map.of("METACHAT_PORT_OFFSET", "300"));

        assertThat(PortPlan.of(ports.toEnvironment()).asMap()).isEqualTo(ports.asMap());
    }

    @Test
    void shouldNameAVariableThatIsNoNumber() {
        assertThatThrownBy(() -> PortPlan.of(Map.of("METACHAT_PORT_OFFSET", "many")))
                .isInstanceOf(LocalException.class)
                .hasMessage("METACHAT_PORT_OFFSET is not a whole number: many");
    }

    @Test
    void shouldRefuseAnOffsetThatLeavesTheRangeOfPorts() {
        assertThatThrownBy(() -> PortPlan.of(Map.of("METACHAT_PORT_OFFSET", "20000")))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("user-service-grpc would listen on 70051");
    }

    @Test
    void shouldRefuseOnePortForTwo() {
        assertThatThrownBy(() -> PortPlan.of(Map.of("METACHAT_PORT_KAFKA", "9042")))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("cassandra and kafka would both listen on port 9042");
    }

    @Test
    void shouldNameEveryTakenPortWithWhoNeedsIt() throws Exception {
        PortPlan ports = FreePorts.plan();
        try (ServerSocket one = listening(ports.of(Endpoint.GATEWAY));
                ServerSocket other = listening(ports.of(Endpoint.CASSANDRA))) {
            assertThat(List.of(one.isBound(), other.isBound())).containsOnly(true);
            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(LocalException.class)
                    .hasMessageContaining("port %d is taken, but gateway needs it (METACHAT_PORT_GATEWAY changes it)"
                            .formatted(ports.of(Endpoint.GATEWAY)))
                    .hasMessageContaining(
                            "port %d is taken, but cassandra needs it".formatted(ports.of(Endpoint.CASSANDRA)))
                    .hasMessageNotContaining("kafka");
        }
    }

    private static ServerSocket listening(int port) throws Exception {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(Ports.LOOPBACK, port));
        return socket;
    }
}
