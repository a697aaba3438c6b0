package io.metachat.service.health;

import io.metachat.service.command.CommandAutoConfiguration;
import io.metachat.service.command.CommitPositions;
import java.util.Map;
import java.util.stream.Collectors;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The metrics and the health of processors, for services with Axon. */
@AutoConfiguration(after = CommandAutoConfiguration.class)
@ConditionalOnClass(EventProcessingConfiguration.class)
public class AxonHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    StreamingProcessors streamingProcessors(EventProcessingConfiguration processing) {
        return () -> processing.eventProcessors().entrySet().stream()
                .filter(processor -> processor.getValue() instanceof StreamingEventProcessor)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, processor -> (StreamingEventProcessor) processor.getValue()));
    }

    @Bean
    @ConditionalOnBean(CommitPositions.class)
    ProcessorMetrics eventProcessorMetrics(CommitPositions store) {
        return new ProcessorMetrics(store);
    }

    @Bean
    @ConditionalOnBean(CommitPositions.class)
    SmartInitializingSingleton measuredProcessors(ProcessorMetrics metrics, StreamingProcessors processors) {
        return () -> processors.byName().forEach(metrics::started);
    }

    // A processor with an error retries on its own, and its dependency reports its health. A stopped one does neither.
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
