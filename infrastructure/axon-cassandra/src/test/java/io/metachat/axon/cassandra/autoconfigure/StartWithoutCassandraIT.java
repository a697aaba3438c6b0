package io.metachat.axon.cassandra.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.metachat.axon.cassandra.CassandraConnection;
import io.metachat.axon.cassandra.CassandraUnavailableException;
import io.metachat.axon.cassandra.Gate;
import io.metachat.axon.cassandra.deadletter.CassandraDeadLetterQueues;
import io.metachat.axon.cassandra.saga.SagaParking;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import org.axonframework.spring.stereotype.Saga;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.cassandra.health.CassandraDriverHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** A gate stands for the server that is away, so that no server has to be started for it. */
class StartWithoutCassandraIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    @Test
    void shouldStartWithoutCassandraConnectWhenItComesAndOutliveAnOutage() throws Exception {
        try (Gate gate = new Gate(CASSANDRA.contactPoint());
                ConfigurableApplicationContext application = start(gate.port())) {
            CassandraConnection connection = application.getBean(CassandraConnection.class);
            CqlSession session = application.getBean(CqlSession.class);
            EventProcessor processor = application
                    .getBean(EventProcessingConfiguration.class)
                    .eventProcessor("greetings")
                    .orElseThrow();
            Greetings greetings = application.getBean(Greetings.class);
            EventGateway events = application.getBean(EventGateway.class);

            assertThat(connection.isConnected()).isFalse();
            assertHealth(application, Status.DOWN);
            assertThatExceptionOfType(CassandraUnavailableException.class)
                    .isThrownBy(() -> session.execute("SELECT release_version FROM system.local"));
            events.publish(new Greeted("before"));

            gate.open();
            await().atMost(PATIENCE).until(connection::isConnected);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(greetings.heard).containsExactly("before"));
            await().atMost(PATIENCE).until(() -> replies(application).contains("before"));
            assertThat(processor.isRunning()).isTrue();
            assertThat(connection.lastFailure()).isEmpty();
            assertHealth(application, Status.UP);
            assertThat(session.execute("SELECT release_version FROM system.local")
                            .one())
                    .isNotNull();

            gate.shut();
            await().atMost(PATIENCE).until(() -> !connection.isConnected());
            events.publish(new Greeted("meanwhile"));
            assertHealth(application, Status.DOWN);
            await().atMost(PATIENCE).until(processor::isError);

            gate.open();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(greetings.heard).contains("meanwhile"));
            await().atMost(PATIENCE).until(() -> !processor.isError());
            await().atMost(PATIENCE).until(() -> replies(application).contains("meanwhile"));
            // The processors waited; an outage parks nothing.
            assertThat(application.getBean(SagaParking.class).all())
                    .singleElement()
                    .satisfies(parked -> assertThat(parked.sequences().list(10)).isEmpty());
            assertThat(application
                            .getBean(CassandraDeadLetterQueues.class)
                            .of("greetings")
                            .size())
                    .isZero();
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

    private static void assertHealth(ConfigurableApplicationContext application, Status status) {
        assertThat(List.of("axonCassandraHealthIndicator", "cassandraHealthIndicator"))
                .extracting(name -> application.getBean(name, HealthIndicator.class))
                .extracting(indicator -> indicator.health().getStatus())
                .containsOnly(status);
        // Spring Boot's own logs a trace at each look.
        assertThat(application.getBeansOfType(CassandraDriverHealthIndicator.class))
                .isEmpty();
    }

    private static List<String> replies(ConfigurableApplicationContext application) {
        return application.getBean(Greetings.class).replied;
    }

    private static ConfigurableApplicationContext start(int port) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "axon.cassandra.contact-points[0]=127.0.0.1",
                        "axon.cassandra.port=" + port,
                        "axon.cassandra.keyspace=" + CASSANDRA.keyspace(),
                        "axon.cassandra.connect.maximum-back-off=500ms",
                        "axon.cassandra.token.claim-timeout=3s",
                        "axon.serializer.general=jackson3",
                        "axon.eventhandling.processors.greetings.mode=pooled",
                        "axon.eventhandling.processors.greetings.initial-segment-count=2",
                        "axon.eventhandling.processors.greetings.dlq.enabled=true",
                        "axon.eventhandling.processors.conversations.mode=pooled",
                        "axon.eventhandling.processors.conversations.dlq.enabled=true")
                .run();
    }

    record Greeted(String text) {}

    @ProcessingGroup("greetings")
    static class Greetings {

        final List<String> heard = new CopyOnWriteArrayList<>();
        final List<String> replied = new CopyOnWriteArrayList<>();

        @EventHandler
        void on(Greeted event) {
            heard.add(event.text());
        }
    }

    /** Begins with every greeting. */
    @Saga
    @ProcessingGroup("conversations")
    public static class Conversation {

        @Autowired
        private transient Greetings greetings;

        public Conversation() {}

        @StartSaga
        @SagaEventHandler(associationProperty = "text")
        void on(Greeted event) {
            greetings.replied.add(event.text());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Conversation.class)
    static class Application {

        /** A saga's processor would begin at the head, and at its first start miss what was published before. */
        @Bean
        ConfigurerModule conversationsFromTheTail() {
            return configurer -> configurer.eventProcessing(
                    processing -> processing.registerPooledStreamingEventProcessorConfiguration(
                            "conversations",
                            (configuration, processor) ->
                                    processor.initialToken(StreamableMessageSource::createTailToken)));
        }

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
