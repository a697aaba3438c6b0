package io.metachat.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.metachat.kafka.relay.KafkaBroker;
import io.metachat.kafka.relay.ReceivedEvent;
import io.metachat.kafka.relay.ReceivedEventInterceptor;
import io.metachat.service.correlation.Correlation;
import io.metachat.service.logging.ServiceName;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class KafkaAutoConfigurationTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class))
            .withPropertyValues("spring.application.name=diary-service")
            .withBean(KafkaBroker.class, () -> () -> {});

    @Test
    void shouldHandleAReceivedEventInItsCorrelation() {
        ReceivedEvent event = new ReceivedEvent(
                "event-1",
                "mood.Analysed.v1",
                "/mood",
                null,
                null,
                new byte[0],
                Map.of(
                        "correlationid", "order-7",
                        "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        service.run(context -> {
            AtomicReference<Correlation> seen = new AtomicReference<>();
            AtomicReference<String> name = new AtomicReference<>();
            context.getBean(ReceivedEventInterceptor.class).around(event, () -> {
                seen.set(Correlation.current().orElseThrow());
                name.set(ServiceName.current());
            });

            assertThat(seen.get().id()).isEqualTo("order-7");
            assertThat(seen.get().causationId()).isEqualTo("event-1");
            assertThat(seen.get().trace().traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(name).hasValue("diary-service");
            assertThat(Correlation.current()).isEmpty();
        });
    }

    @Test
    void shouldPutKafkaIntoReadiness() {
        service.run(context -> assertThat(context.getBean(Probe.class).name()).isEqualTo("kafka"));
    }
}
