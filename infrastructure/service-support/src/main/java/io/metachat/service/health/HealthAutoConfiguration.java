package io.metachat.service.health;

import io.grpc.ConnectivityState;
import io.metachat.service.grpc.GrpcAutoConfiguration;
import io.metachat.service.grpc.GrpcClients;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health indicators of {@code /ready} in every service. */
@AutoConfiguration(after = GrpcAutoConfiguration.class)
public class HealthAutoConfiguration {

    @Bean
    @ConditionalOnBean(Probe.class)
    ProbesHealth dependencies(List<Probe> probes, @Value("${spring.application.name}") String service) {
        return new ProbesHealth(probes, service);
    }

    @Bean
    @ConditionalOnBean(GrpcClients.class)
    HealthIndicator servicesHealthIndicator(GrpcClients clients) {
        return () -> {
            Map<String, ConnectivityState> states = clients.states();
            boolean connected = states.values().stream()
                    .allMatch(state -> state == ConnectivityState.READY || state == ConnectivityState.IDLE);
            return (connected ? Health.up() : Health.down()).withDetails(states).build();
        };
    }
}
