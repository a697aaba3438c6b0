package io.metachat.matching.candidate;

import io.metachat.matching.MatchingProperties;
import java.time.Clock;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The candidate pool and its processor. */
@Configuration(proxyBeanMethods = false)
class CandidateConfiguration {

    private static final int REPLAY_BATCH_SIZE = 1_000;

    @Bean
    static CandidatePool candidatePool(MatchingProperties properties, Clock clock) {
        return new CandidatePool(properties.proposalsPerDay(), clock);
    }

    /** The pool lives in memory: each start reads all events again, so the token does too. */
    @Bean
    static ConfigurerModule candidateProcessor() {
        return configurer -> configurer.eventProcessing(processing -> processing
                .registerTokenStore(CandidateProjection.PROCESSOR, configuration -> new InMemoryTokenStore())
                .registerPooledStreamingEventProcessorConfiguration(
                        CandidateProjection.PROCESSOR,
                        (configuration, processor) -> processor
                                .initialToken(StreamableMessageSource::createTailToken)
                                .initialSegmentCount(1)
                                .batchSize(REPLAY_BATCH_SIZE)));
    }
}
