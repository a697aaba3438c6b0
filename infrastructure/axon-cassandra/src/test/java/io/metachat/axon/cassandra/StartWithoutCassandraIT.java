package io.metachat.axon.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.metachat.axon.cassandra.internal.AxonCassandraHealthIndicator;
import io.metachat.embedded.cassandra.EmbeddedCassandra;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

class StartWithoutCassandraIT {

    @Test
    void shouldStartWithoutCassandraConnectWhenItComesAndOutliveAnOutage() throws Exception {
        int port = freePort();
        try (ConfigurableApplicationContext application = start(port)) {
            CassandraConnection connection = application.getBean(CassandraConnection.class);
            CqlSession session = application.getBean(CqlSession.class);
            AxonCassandraHealthIndicator health = application.getBean(AxonCassandraHealthIndicator.class);
            EventProcessor processor = application
                    .getBean(EventProcessingConfiguration.class)
                    .eventProcessor("greetings")
                    .orElseThrow();
            Greetings greetings = application.getBean(Greetings.class);
            EventGateway events = application.getBean(EventGateway.class);

            assertThat(connection.isConnected()).isFalse();
            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
            assertThatExceptionOfType(CassandraUnavailableException.class)
                    .isThrownBy(() -> session.execute("SELECT release_version FROM system.local"));
            events.publish(new Greeted("before"));

            try (EmbeddedCassandra cassandra =
                    EmbeddedCassandra.builder().port(port).start()) {
                await().atMost(Duration.ofSeconds(20)).until(connection::isConnected);
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(greetings.heard).containsExactly("before"));
                assertThat(processor.isRunning()).isTrue();
                assertThat(connection.lastFailure()).isEmpty();
                assertThat(health.health().getStatus()).isEqualTo(Status.UP);
                assertThat(session.execute("SELECT release_version FROM system.local")
                                .one())
                        .isNotNull();

                cassandra.kill();
                await().atMost(Duration.ofSeconds(20)).until(() -> !connection.isConnected());
                events.publish(new Greeted("meanwhile"));
                assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
                await().atMost(Duration.ofSeconds(20)).until(processor::isError);

                cassandra.start();
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(greetings.heard).contains("meanwhile"));
                await().atMost(Duration.ofSeconds(20)).until(() -> !processor.isError());
            }
            assertThat(application
                            .getBean(MeterRegistry.class)
                            .get("axon.cassandra.statements")
                            .tag("operation", "token.store")
                            .tag("outcome", "done")
                            .timer()
                            .count())
                    .isPositive();
        }
    }

    private static ConfigurableApplicationContext start(int port) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "axon.cassandra.contact-points[0]=127.0.0.1",
                        "axon.cassandra.port=" + port,
                        "axon.cassandra.keyspace=greetings",
                        "axon.cassandra.connect.maximum-back-off=500ms",
                        "axon.cassandra.token.claim-timeout=3s",
                        "axon.serializer.general=jackson3",
                        "axon.eventhandling.processors.greetings.mode=pooled",
                        "axon.eventhandling.processors.greetings.initial-segment-count=2")
                .run();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    record Greeted(String text) {}

    @ProcessingGroup("greetings")
    static class Greetings {

        final List<String> heard = new CopyOnWriteArrayList<>();

        @EventHandler
        void on(Greeted event) {
            heard.add(event.text());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Greetings greetings() {
            return new Greetings();
        }

        @Bean
        EventStorageEngine eventStorageEngine() {
            return new InMemoryEventStorageEngine();
        }

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Jackson3SerializerCustomizer serializerCustomizer() {
            return mapper -> mapper.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                    .allowIfSubType("org.axonframework.")
                    .build());
        }
    }
}
