package io.metachat.matching;

import io.metachat.matching.api.MatchingApi;
import io.metachat.matching.candidate.CandidatePool;
import io.metachat.matching.candidate.CandidateProjection;
import io.metachat.matching.search.Departures;
import io.metachat.matching.search.PoolFollower;
import io.metachat.matching.search.Proposals;
import io.metachat.service.command.CommandDispatcher;
import io.metachat.service.health.PositionAwaiter;
import java.time.Clock;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the rooms of the matching-service. */
@Configuration(proxyBeanMethods = false)
class MatchingConfiguration {

    private static final int BATCH_SIZE = 100;
    private static final int REPLAY_BATCH_SIZE = 1_000;

    /** The pool lives in memory and is filled anew at each start; what has effects keeps its place in Cassandra. */
    @Bean
    ConfigurerModule matchingProcessors() {
        return configurer -> configurer.eventProcessing(processing -> {
            processing
                    .usingPooledStreamingEventProcessors((configuration, processor) -> processor
                            .initialToken(StreamableMessageSource::createTailToken)
                            .batchSize(BATCH_SIZE))
                    .registerDefaultListenerInvocationErrorHandler(configuration -> PropagatingErrorHandler.instance())
                    .registerTokenStore(CandidateProjection.PROCESSOR, configuration -> new InMemoryTokenStore())
                    .registerPooledStreamingEventProcessorConfiguration(
                            CandidateProjection.PROCESSOR,
                            (configuration, processor) -> processor
                                    .initialToken(StreamableMessageSource::createTailToken)
                                    .initialSegmentCount(1)
                                    .batchSize(REPLAY_BATCH_SIZE));
        });
    }

    @Bean
    CandidatePool candidatePool(MatchingProperties properties, Clock clock) {
        return new CandidatePool(properties.proposalsPerDay(), clock);
    }

    @Bean
    CandidateProjection candidateProjection(CandidatePool pool) {
        return new CandidateProjection(pool);
    }

    @Bean
    PoolFollower poolFollower(PositionAwaiter positions, MatchingProperties properties) {
        return token ->
                positions.await(CandidateProjection.PROCESSOR, token.position().orElse(0), properties.catchUpWithin());
    }

    @Bean
    Proposals proposals(CandidatePool pool, CommandGateway commands, Clock clock, MatchingProperties properties) {
        return new Proposals(pool, commands, clock, properties.answerWithin());
    }

    @Bean
    Departures departures(CandidatePool pool, PoolFollower follower, CommandGateway commands) {
        return new Departures(pool, follower, commands);
    }

    @Bean
    MatchingApi matchingApi(
            CommandDispatcher commands,
            CandidatePool pool,
            PositionAwaiter positions,
            Clock clock,
            MatchingProperties properties) {
        return new MatchingApi(commands, pool, positions, clock, properties.answerWithin());
    }
}
