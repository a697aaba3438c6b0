package io.metachat.matching;

import io.metachat.axon.cassandra.deadletter.ParkingPolicy;
import io.metachat.domain.axon.FollowForgottenUsers;
import io.metachat.matching.api.MatchingApi;
import io.metachat.matching.candidate.CandidatePool;
import io.metachat.matching.candidate.CandidateProjection;
import io.metachat.matching.request.RequestClaims;
import io.metachat.matching.search.Departures;
import io.metachat.matching.search.MatchingSaga;
import io.metachat.matching.search.PoolFollower;
import io.metachat.matching.search.Proposals;
import io.metachat.service.command.CommandDispatcher;
import io.metachat.service.error.ProblemException;
import io.metachat.service.position.PositionAwaiter;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolution;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Joins the rooms of the matching-service. */
@Configuration(proxyBeanMethods = false)
@Import(FollowForgottenUsers.class)
class MatchingConfiguration {

    private static final int BATCH_SIZE = 100;
    private static final int COMMAND_THREADS = 16;
    private static final String COMMAND_EXECUTOR = "matchingCommandExecutor";
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
                    // Sagas would begin at the head, and miss what happened before this service was first started.
                    .registerPooledStreamingEventProcessorConfiguration(
                            MatchingSaga.PROCESSOR,
                            (configuration, processor) ->
                                    processor.initialToken(StreamableMessageSource::createTailToken))
                    .registerPooledStreamingEventProcessorConfiguration(
                            CandidateProjection.PROCESSOR,
                            (configuration, processor) -> processor
                                    .initialToken(StreamableMessageSource::createTailToken)
                                    .initialSegmentCount(1)
                                    .batchSize(REPLAY_BATCH_SIZE));
        });
    }

    /** What the stores and Axon say of themselves that it passes, and a pool that has not come so far yet. */
    @Bean
    ParkingPolicy sagaParkingPolicy() {
        return new ParkingPolicy()
                .alsoPassing(failure -> failure instanceof ProblemException problem && passes(problem));
    }

    private static boolean passes(ProblemException failure) {
        return switch (failure.problem().category()) {
            case NOT_YET, UNAVAILABLE, TOO_MANY -> true;
            default -> false;
        };
    }

    /**
     * Each command has a thread and with it a unit of work of its own, also when a saga sends it: within the unit of work
     * of a processor's batch the events of several matches would be appended together, and an append has one stream.
     */
    @Bean
    CommandBus commandBus(
            @Qualifier(COMMAND_EXECUTOR) Executor executor,
            TransactionManager transactions,
            org.axonframework.config.Configuration axon) {
        CommandBus commands = AsynchronousCommandBus.builder()
                .executor(executor)
                .transactionManager(transactions)
                .duplicateCommandHandlerResolver(DuplicateCommandHandlerResolution.rejectDuplicates())
                .messageMonitor(axon.messageMonitor(CommandBus.class, "commandBus"))
                .build();
        commands.registerHandlerInterceptor(new CorrelationDataInterceptor<>(axon.correlationDataProviders()));
        return commands;
    }

    @Bean(name = COMMAND_EXECUTOR, defaultCandidate = false)
    static ThreadPoolTaskExecutor matchingCommandExecutor() {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setCorePoolSize(COMMAND_THREADS);
        executor.setAllowCoreThreadTimeOut(true);
        executor.setThreadNamePrefix("matching-command-");
        executor.setWaitForTasksToCompleteOnShutdown(true);
        executor.setAwaitTerminationSeconds(5);
        return executor;
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
    RequestClaims requestClaims(CommandDispatcher commands) {
        return new RequestClaims(commands);
    }

    @Bean
    MatchingApi matchingApi(
            CommandDispatcher commands,
            RequestClaims claims,
            CandidatePool pool,
            PositionAwaiter positions,
            Clock clock,
            MatchingProperties properties) {
        return new MatchingApi(commands, claims, pool, positions, clock, properties.answerWithin());
    }
}
