package io.metachat.axon.cassandra.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.metachat.axon.cassandra.CassandraConnection;
import io.metachat.axon.cassandra.deadletter.DeadLetterSequences;
import io.metachat.axon.cassandra.token.CassandraTokenStore;
import io.metachat.embedded.cassandra.EmbeddedCassandraExtension;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.EndSaga;
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
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** Sagas, with a deadline and with parked events, in a Spring application that is restarted in between. */
class SagaApplicationIT {

    @RegisterExtension
    static final EmbeddedCassandraExtension CASSANDRA = new EmbeddedCassandraExtension();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void shouldCarrySagasTheirDeadlinesAndWhatIsParkedOverARestart() {
        InMemoryEventStorageEngine events = new InMemoryEventStorageEngine();
        AssociationValue order = new AssociationValue("order", "o-1");
        try (ConfigurableApplicationContext application = start(events)) {
            assertThat(application.getBean(SagaParking.class).all())
                    .extracting(SagaDeadLetters::name)
                    .containsExactly("payments.Payment");
            application.getBean(Reminders.class).broken = true;
            application.getBean(EventGateway.class).publish(new Ordered("o-2"), new Paid("o-2"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(parked(application).list(10))
                            .singleElement()
                            .satisfies(letters -> assertThat(letters).hasSize(2)));
            application.getBean(Reminders.class).broken = false;
            application.getBean(EventGateway.class).publish(new Ordered("o-1"));
            CassandraSagaStore sagas = application.getBean(CassandraSagaStore.class);
            await().atMost(PATIENCE)
                    .until(() -> sagas.findSagas(Payment.class, order).size() == 1);
            await().atMost(PATIENCE).until(() -> startsIn(application) == 1);
        }
        try (ConfigurableApplicationContext application = start(events)) {
            DeadLetterSequences parked = parked(application);
            String saga = parked.list(10).get(0).get(0).sequence();
            assertThat(parked.retry(saga)).isTrue();
            assertThat(parked.list(10)).isEmpty();
            assertThat(application
                            .getBean(MeterRegistry.class)
                            .get("axon.cassandra.dead.letters")
                            .tag("queue", "payments.Payment")
                            .tag("change", "handled")
                            .counter()
                            .count())
                    .isEqualTo(2);
            Reminders reminders = application.getBean(Reminders.class);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(reminders.sent).containsExactly("o-1"));

            application.getBean(EventGateway.class).publish(new Paid("o-1"));
            CassandraSagaStore sagas = application.getBean(CassandraSagaStore.class);
            await().atMost(PATIENCE)
                    .until(() -> sagas.findSagas(Payment.class, order).isEmpty());
            assertThat(reminders.sent).hasSize(1);
        }
    }

    /** One row: the injector that remembers starting events is in place. */
    private static long startsIn(ConfigurableApplicationContext application) {
        return application
                .getBean(CassandraConnection.class)
                .session()
                .execute("SELECT COUNT(*) FROM %s.saga_start WHERE started = true ALLOW FILTERING"
                        .formatted(CASSANDRA.keyspace()))
                .one()
                .getLong(0);
    }

    private static DeadLetterSequences parked(ConfigurableApplicationContext application) {
        return application
                .getBean(SagaParking.class)
                .find("payments.Payment")
                .orElseThrow()
                .sequences();
    }

    private static ConfigurableApplicationContext start(EventStorageEngine events) {
        ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.application.name=payments",
                        "axon.cassandra.contact-points=127.0.0.1:"
                                + CASSANDRA.contactPoint().getPort(),
                        "axon.cassandra.keyspace=" + CASSANDRA.keyspace(),
                        "axon.cassandra.deadline.recovery=500ms",
                        "axon.cassandra.saga.parking=true",
                        "axon.serializer.general=jackson3",
                        "axon.eventhandling.processors.payments.mode=pooled",
                        "axon.eventhandling.processors.payments.initial-segment-count=2")
                .initializers(context -> context.getBeanFactory().registerSingleton("eventStorageEngine", events))
                .run();
        // A saga sees what is published after its processor's very first start.
        CassandraTokenStore tokens = application.getBean(CassandraTokenStore.class);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> tokens.fetchSegments("payments").length > 0);
        return application;
    }

    record Ordered(String order) {}

    record Paid(String order) {}

    static class Reminders {

        final List<String> sent = new CopyOnWriteArrayList<>();
        volatile boolean broken;
    }

    @Saga
    @ProcessingGroup("payments")
    public static class Payment {

        @Autowired
        private transient DeadlineManager deadlines;

        @Autowired
        private transient Reminders reminders;

        private String order;

        public Payment() {}

        public String getOrder() {
            return order;
        }

        public void setOrder(String order) {
            this.order = order;
        }

        @StartSaga
        @SagaEventHandler(associationProperty = "order")
        void on(Ordered event) {
            if (reminders.broken) {
                throw new IllegalStateException("broken");
            }
            order = event.order();
            deadlines.schedule(Duration.ofSeconds(4), "remind");
        }

        @DeadlineHandler(deadlineName = "remind")
        void remind() {
            reminders.sent.add(order);
        }

        @EndSaga
        @SagaEventHandler(associationProperty = "order")
        void on(Paid event) {
            deadlines.cancelAllWithinScope("remind");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Payment.class)
    static class Application {

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Reminders reminders() {
            return new Reminders();
        }

        @Bean
        Jackson3SerializerCustomizer serializerCustomizer() {
            return mapper -> mapper.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                    .allowIfSubType("org.axonframework.")
                    .build());
        }
    }
}
