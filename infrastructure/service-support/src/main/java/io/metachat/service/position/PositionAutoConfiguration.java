package io.metachat.service.position;

import io.metachat.axon.cassandra.token.CassandraTokenStore;
import io.metachat.axon.cassandra.token.SegmentProgress;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads that wait for a position, for services whose processors are in Axon's configuration. */
@AutoConfiguration(afterName = "io.metachat.axon.cassandra.autoconfigure.AxonCassandraAutoConfiguration")
@ConditionalOnClass(EventProcessingConfiguration.class)
@EnableConfigurationProperties(ReadProperties.class)
public class PositionAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PositionAwaiter positionAwaiter(
            EventProcessingConfiguration processing,
            ObjectProvider<StoredPositions> stored,
            ReadProperties properties) {
        return new PositionAwaiter(
                configured(processing), stored.getIfAvailable(() -> processor -> Map.of()), properties.timeout());
    }

    /** An unknown name is a defect of the service, so it fails instead of waiting. */
    static Function<String, Optional<StreamingEventProcessor>> configured(EventProcessingConfiguration processing) {
        return processor -> Optional.of(processing
                .eventProcessor(processor, StreamingEventProcessor.class)
                .orElseThrow(() -> new IllegalArgumentException("No streaming processor is called " + processor)));
    }

    /** Tokens in Cassandra also show the positions of other instances. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(CassandraTokenStore.class)
    static class OnCassandra {

        @Bean
        @ConditionalOnBean(CassandraTokenStore.class)
        @ConditionalOnMissingBean
        StoredPositions storedPositions(CassandraTokenStore tokens) {
            return processor -> tokens.progress(processor).stream()
                    .collect(Collectors.toMap(SegmentProgress::segment, SegmentProgress::position));
        }
    }
}
