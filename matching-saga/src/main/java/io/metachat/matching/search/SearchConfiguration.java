package io.metachat.matching.search;

import io.metachat.matching.MatchingProperties;
import io.metachat.matching.candidate.CandidatePool;
import io.metachat.matching.candidate.CandidateProjection;
import io.metachat.service.position.PositionAwaiter;
import java.time.Clock;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The sagas' processor and what their steps use. */
@Configuration(proxyBeanMethods = false)
class SearchConfiguration {

    /** Sagas would begin at the head, and miss what happened before this service was first started. */
    @Bean
    static ConfigurerModule sagaProcessor() {
        return configurer ->
                configurer.eventProcessing(processing -> processing.registerPooledStreamingEventProcessorConfiguration(
                        MatchingSaga.PROCESSOR,
                        (configuration, processor) ->
                                processor.initialToken(StreamableMessageSource::createTailToken)));
    }

    @Bean
    static PoolCatchUp poolCatchUp(PositionAwaiter positions, MatchingProperties properties) {
        return token ->
                positions.await(CandidateProjection.PROCESSOR, token.position().orElse(0), properties.catchUpWithin());
    }

    @Bean
    static Proposals proposals(
            CandidatePool pool, CommandGateway commands, Clock clock, MatchingProperties properties) {
        return new Proposals(pool, commands, clock, properties.answerWithin());
    }
}
