package io.metachat.service.health;

import java.util.Map;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Positions and the state of processors, for services with Axon. */
@AutoConfiguration
@ConditionalOnClass(EventProcessingConfiguration.class)
@EnableConfigurationProperties(PositionAwaiter.Properties.class)
public class AxonHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ProcessorPositions processorPositions(
            EventProcessingConfiguration processing, ObjectProvider<SegmentPositions> elsewhere) {
        return new ProcessorPositions(processing, elsewhere.getIfAvailable(() -> processor -> Map.of()));
    }

    @Bean
    @ConditionalOnMissingBean
    PositionAwaiter positionAwaiter(ProcessorPositions positions, PositionAwaiter.Properties properties) {
        return new PositionAwaiter(positions, properties);
    }

    // A processor that meets an error retries by itself and its dependency reports itself; one that stopped does not.
    @Bean
    HealthIndicator processorsHealthIndicator(EventProcessingConfiguration processing) {
        return () -> {
            Health.Builder health = Health.up();
            processing.eventProcessors().forEach((name, processor) -> {
                if (processor instanceof StreamingEventProcessor && !processor.isRunning()) {
                    health.down();
                }
                health.withDetail(name, processor.isRunning() ? "running" : "stopped");
            });
            return health.build();
        };
    }
}
