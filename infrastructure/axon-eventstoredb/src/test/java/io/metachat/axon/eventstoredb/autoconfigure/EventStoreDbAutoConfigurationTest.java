package io.metachat.axon.eventstoredb.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.metachat.axon.eventstoredb.EventStoreDbObserver;
import io.metachat.axon.eventstoredb.EventTypeRegistry;
import io.metachat.axon.eventstoredb.StoreUnavailableException;
import io.metachat.axon.eventstoredb.StreamNames;
import io.metachat.axon.eventstoredb.engine.EventStoreDbConnection;
import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStorageEngine;
import io.metachat.axon.eventstoredb.engine.EventStoreDbEventStore;
import io.metachat.embedded.eventstoredb.EmbeddedEventStoreDb;
import io.metachat.embedded.eventstoredb.EventStoreDbOptions;
import io.metachat.embedded.eventstoredb.EventStoreDbTls;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.gateway.EventGateway;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.axonframework.springboot.autoconfig.AxonTracingAutoConfiguration;
import org.axonframework.springboot.autoconfig.EventProcessingAutoConfiguration;
import org.axonframework.springboot.autoconfig.InfraConfiguration;
import org.axonframework.springboot.autoconfig.NoOpTransactionAutoConfiguration;
import org.axonframework.springboot.autoconfig.TransactionAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class EventStoreDbAutoConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    EventStoreDbAutoConfiguration.class,
                    EventStoreDbHealthAutoConfiguration.class,
                    EventStoreDbMetricsAutoConfiguration.class,
                    AxonAutoConfiguration.class,
                    AxonTracingAutoConfiguration.class,
                    EventProcessingAutoConfiguration.class,
                    InfraConfiguration.class,
                    NoOpTransactionAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    HealthContributorAutoConfiguration.class,
                    HealthContributorRegistryAutoConfiguration.class,
                    MetricsAutoConfiguration.class,
                    CompositeMeterRegistryAutoConfiguration.class,
                    SimpleMetricsExportAutoConfiguration.class))
            .withUserConfiguration(Application.class)
            .withPropertyValues(
                    "axon.serializer.general=jackson3",
                    "axon.serializer.events=jackson3",
                    "axon.serializer.messages=jackson3",
                    "spring.application.name=shop");

    @Test
    void shouldBeAxonsEventStore() {
        try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.startTemporary()) {
            at(server).run(context -> {
                assertThat(context).hasNotFailed();
                assertThat(context.getBean(EventStore.class)).isInstanceOf(EventStoreDbEventStore.class);
                assertThat(context.getBean(EventBus.class)).isSameAs(context.getBean(EventStore.class));
                assertThat(context.getBean(org.axonframework.config.Configuration.class)
                                .eventStore())
                        .isSameAs(context.getBean(EventStore.class));
                assertThat(context.getBean(StreamNames.class).withoutAggregate())
                        .isEqualTo("event-shop");
            });
        }
    }

    @Test
    void shouldFeedEventProcessorsAndCount() {
        try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.startTemporary()) {
            at(server).run(context -> {
                context.getBean(EventGateway.class).publish(new OrderPlaced("tea"), new OrderPlaced("cake"));
                await().untilAsserted(() -> assertThat(context.getBean(Kitchen.class).orders)
                        .containsExactly(new OrderPlaced("tea"), new OrderPlaced("cake")));
                MeterRegistry meters = context.getBean(MeterRegistry.class);
                assertThat(meters.get("axon.eventstoredb.events.appended")
                                .counter()
                                .count())
                        .isEqualTo(2);
                assertThat(meters.get("axon.eventstoredb.append").timer().count())
                        .isEqualTo(1);
                assertThat(meters.get("axon.eventstoredb.subscription.lag.events")
                                .gauge()
                                .value())
                        .isZero();
                assertThat(meters.get("axon.eventstoredb.subscription.lag")
                                .timeGauge()
                                .value(TimeUnit.SECONDS))
                        .isZero();
                assertThat(meters.get("axon.eventstoredb.subscription.streams")
                                .gauge()
                                .value())
                        .isEqualTo(1);
            });
        }
    }

    @Test
    void shouldCountConflictsRetriesAndReconnects() {
        try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.startTemporary()) {
            at(server).run(context -> {
                EventStore store = context.getBean(EventStore.class);
                MeterRegistry meters = context.getBean(MeterRegistry.class);
                store.publish(placed(0));
                assertThat(count(meters, "conflicts")).isZero();
                assertThatThrownBy(() -> store.publish(placed(0))).isInstanceOf(AggregateStreamCreationException.class);
                assertThat(count(meters, "conflicts")).isEqualTo(1);

                assertThat(count(meters, "retries")).isZero();
                server.faults().loseAppendAnswers(1);
                store.publish(placed(1));
                assertThat(count(meters, "retries")).isPositive();
                assertThat(count(meters, "events.appended")).isEqualTo(2);

                await().untilAsserted(() -> assertThat(health(context)).isEqualTo(Status.UP));
                double reconnects = count(meters, "reconnects");
                double resubscriptions = count(meters, "resubscriptions");
                server.stop();
                await().untilAsserted(() -> assertThat(health(context)).isEqualTo(Status.DOWN));
                server.startAgain();
                await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                    assertThat(health(context)).isEqualTo(Status.UP);
                    assertThat(count(meters, "reconnects")).isGreaterThan(reconnects);
                    assertThat(count(meters, "resubscriptions")).isGreaterThan(resubscriptions);
                });
            });
        }
    }

    private static GenericDomainEventMessage<OrderPlaced> placed(long sequence) {
        return new GenericDomainEventMessage<>("Order", "order-1", sequence, new OrderPlaced("tea"));
    }

    /** The sum over all reasons. */
    private static double count(MeterRegistry meters, String name) {
        return meters.find("axon.eventstoredb." + name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void shouldStartWithoutTheStoreAndConnectLater() throws IOException {
        int port = freePort();
        runner.withPropertyValues("axon.eventstoredb.connection-string=esdb://127.0.0.1:" + port
                        + "?tls=false&discoveryInterval=50")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(health(context)).isEqualTo(Status.DOWN);
                    try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.start(
                            EventStoreDbOptions.defaults().withPort(port))) {
                        await().atMost(Duration.ofSeconds(20))
                                .untilAsserted(() -> assertThat(health(context)).isEqualTo(Status.UP));
                        context.getBean(EventGateway.class).publish(new OrderPlaced("tea"));
                        await().untilAsserted(() -> assertThat(context.getBean(Kitchen.class).orders)
                                .containsExactly(new OrderPlaced("tea")));
                        server.stop();
                        await().untilAsserted(() -> assertThat(health(context)).isEqualTo(Status.DOWN));
                    }
                });
    }

    @Test
    void shouldPreferConnectionDetailsAndTakeCredentialsFromThem() {
        EventStoreDbOptions options = EventStoreDbOptions.defaults().withCredentials(Map.of("shop", "s3cret"));
        try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.start(options)) {
            String host = "127.0.0.1:" + server.port() + "?tls=false";
            runner.withPropertyValues("axon.eventstoredb.connection-string=esdb://127.0.0.1:1?tls=false")
                    .withBean(EventStoreDbConnectionDetails.class, () -> () -> "esdb://shop:s3cret@" + host)
                    .run(context -> {
                        await().untilAsserted(() -> assertThat(health(context)).isEqualTo(Status.UP));
                        context.getBean(EventGateway.class).publish(new OrderPlaced("tea"));
                    });
            runner.withBean(EventStoreDbConnectionDetails.class, () -> () -> "esdb://shop:wrong@" + host)
                    .run(context -> {
                        assertThat(health(context)).isEqualTo(Status.DOWN);
                        assertThatThrownBy(() ->
                                        context.getBean(EventGateway.class).publish(new OrderPlaced("tea")))
                                .isInstanceOf(EventStoreException.class)
                                .isNotInstanceOf(StoreUnavailableException.class)
                                .hasMessageNotContaining("wrong");
                    });
        }
    }

    @Test
    void shouldConnectWithTlsAndCredentialsOfTheConnectionString(@TempDir Path directory) throws Exception {
        EventStoreDbTls tls = SelfSignedCertificate.in(directory);
        EventStoreDbOptions options = EventStoreDbOptions.defaults()
                .withCredentials(Map.of("shop", "s3cret"))
                .withTls(tls);
        try (EmbeddedEventStoreDb server = EmbeddedEventStoreDb.start(options)) {
            String there = "127.0.0.1:" + server.port();
            runner.withPropertyValues("axon.eventstoredb.connection-string=esdb://shop:s3cret@" + there
                            + "?tls=true&tlsCaFile=" + tls.certificate())
                    .run(context -> {
                        context.getBean(EventGateway.class).publish(new OrderPlaced("tea"));
                        await().untilAsserted(() -> assertThat(context.getBean(Kitchen.class).orders)
                                .containsExactly(new OrderPlaced("tea")));
                        await().untilAsserted(() -> assertThat(health(context)).isEqualTo(Status.UP));
                    });
            runner.withPropertyValues("axon.eventstoredb.connection-string=esdb://shop:s3cret@" + there + "?tls=true")
                    .run(context -> assertThat(health(context)).isEqualTo(Status.DOWN));
        }
    }

    @Test
    void shouldBeOutOfServiceUntilTheFirstCallsHaveSucceeded() {
        AtomicInteger missing = new AtomicInteger(2);
        EventStoreDbWarmUp warmUp = new EventStoreDbWarmUp(() -> {
            if (missing.getAndDecrement() > 0) {
                throw new EventStoreException("not yet");
            }
        });
        EventStoreDbHealthIndicator indicator = new EventStoreDbHealthIndicator(() -> {}, warmUp::isWarm);
        assertThat(indicator.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        warmUp.start();
        await().untilAsserted(() -> assertThat(indicator.health().getStatus()).isEqualTo(Status.UP));
        warmUp.stop();
        assertThat(missing).hasNegativeValue();
    }

    @Test
    void shouldNotStartWithoutEventTypes() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        EventStoreDbAutoConfiguration.class,
                        AxonAutoConfiguration.class,
                        EventProcessingAutoConfiguration.class,
                        InfraConfiguration.class,
                        NoOpTransactionAutoConfiguration.class,
                        TransactionAutoConfiguration.class))
                .withPropertyValues("axon.serializer.general=jackson3")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(EventTypeRegistry.class.getName()));
    }

    @Test
    void shouldBackOffWhenDisabled() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        EventStoreDbAutoConfiguration.class,
                        EventStoreDbHealthAutoConfiguration.class,
                        EventStoreDbMetricsAutoConfiguration.class,
                        MetricsAutoConfiguration.class,
                        CompositeMeterRegistryAutoConfiguration.class,
                        SimpleMetricsExportAutoConfiguration.class))
                .withPropertyValues("axon.eventstoredb.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(EventStoreDbConnection.class)
                        .doesNotHaveBean(EventStoreDbEventStorageEngine.class)
                        .doesNotHaveBean(EventStoreDbObserver.class)
                        .doesNotHaveBean(EventStoreDbHealthIndicator.class));
    }

    @Test
    void shouldRefuseAConnectionStringWithoutRepeatingItsPassword() {
        runner.withPropertyValues("axon.eventstoredb.connection-string=http://admin:changeit@127.0.0.1:1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("connection string")
                        .hasMessageNotContaining("changeit"));
    }

    private ApplicationContextRunner at(EmbeddedEventStoreDb server) {
        return runner.withPropertyValues("axon.eventstoredb.connection-string=" + server.connectionString());
    }

    private static Status health(ApplicationContext context) {
        return context.getBean(EventStoreDbHealthIndicator.class).health().getStatus();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    record OrderPlaced(String dish) {}

    @ProcessingGroup("kitchen")
    static class Kitchen {

        final Queue<OrderPlaced> orders = new ConcurrentLinkedQueue<>();

        @EventHandler
        void on(OrderPlaced event) {
            orders.add(event);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        EventTypeRegistry eventTypes() {
            return EventTypeRegistry.builder()
                    .register("shop.OrderPlaced", 1, OrderPlaced.class)
                    .build();
        }

        @Bean
        Kitchen kitchen() {
            return new Kitchen();
        }

        @Bean
        TokenStore tokenStore() {
            return new InMemoryTokenStore();
        }

        @Autowired
        void fromTheTail(EventProcessingConfigurer processing) {
            processing.usingPooledStreamingEventProcessors((configuration, builder) ->
                    builder.initialToken(source -> source.createTailToken()).initialSegmentCount(1));
        }
    }
}
