package io.metachat.matching;

import io.metachat.axon.cassandra.deadletter.ParkingPolicy;
import io.metachat.domain.axon.FollowForgottenUsers;
import io.metachat.service.error.ProblemException;
import java.util.concurrent.Executor;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolution;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** What all processors and commands of the matching-service share. */
@Configuration(proxyBeanMethods = false)
@Import(FollowForgottenUsers.class)
class MatchingConfiguration {

    private static final int BATCH_SIZE = 100;
    private static final int COMMAND_THREADS = 16;
    private static final String COMMAND_EXECUTOR = "matchingCommandExecutor";

    /** Processors read from the first event; their tokens are in Cassandra. */
    @Bean
    ConfigurerModule matchingProcessors() {
        return configurer -> configurer.eventProcessing(processing -> processing
                .usingPooledStreamingEventProcessors((configuration, processor) -> processor
                        .initialToken(StreamableMessageSource::createTailToken)
                        .batchSize(BATCH_SIZE))
                .registerDefaultListenerInvocationErrorHandler(configuration -> PropagatingErrorHandler.instance()));
    }

    /** Parks no event after a transient failure of a store or of Axon, or while the pool of candidates lags. */
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
}
