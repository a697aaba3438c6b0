package io.metachat.user.login;

import io.metachat.axon.cassandra.CassandraConnection;
import io.metachat.axon.cassandra.SessionInitializer;
import io.metachat.axon.cassandra.autoconfigure.AxonCassandraProperties;
import io.metachat.domain.login.LoginEvent;
import io.metachat.domain.user.event.UserEvent;
import io.metachat.service.command.CommandDispatcher;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** The read model of signing in and the processor that keeps it. */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class LoginConfiguration {

    private static final int SEGMENTS = 2;
    private static final int BATCH = 100;
    private static final String FOLLOW_UP_EXECUTOR = "followUpExecutor";

    @Bean
    @Order(1)
    static SessionInitializer credentialTables(AxonCassandraProperties cassandra) {
        return new CredentialTables(cassandra.keyspace());
    }

    @Bean
    static Credentials credentials(CassandraConnection connection, AxonCassandraProperties cassandra) {
        return new Credentials(connection, cassandra.keyspace());
    }

    @Bean
    static CredentialProjection credentialProjection(
            Credentials credentials,
            CommandDispatcher commands,
            @Qualifier(FOLLOW_UP_EXECUTOR) Executor executor,
            Clock clock) {
        return new CredentialProjection(credentials, new FollowUps(commands, executor), clock);
    }

    /** A thread for each segment: each waits for its own commands. */
    @Bean(name = FOLLOW_UP_EXECUTOR, defaultCandidate = false)
    static ThreadPoolTaskExecutor followUpExecutor() {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setCorePoolSize(SEGMENTS);
        executor.setThreadNamePrefix("follow-up-");
        return executor;
    }

    @Bean
    static ConfigurerModule credentialProcessor() {
        return configurer -> configurer.eventProcessing(processing -> processing
                .registerPooledStreamingEventProcessor(
                        CredentialProjection.PROCESSOR,
                        Configuration::eventStore,
                        (configuration, builder) -> builder.initialSegmentCount(SEGMENTS)
                                .batchSize(BATCH)
                                // From the first event on: the tables hold what they hold of it.
                                .initialToken(StreamableMessageSource::createTailToken)
                                .enableCoordinatorClaimExtension())
                .registerSequencingPolicy(CredentialProjection.PROCESSOR, configuration -> LoginConfiguration::person)
                .registerListenerInvocationErrorHandler(
                        CredentialProjection.PROCESSOR, configuration -> PropagatingErrorHandler.instance())
                .registerErrorHandler(
                        CredentialProjection.PROCESSOR, configuration -> PropagatingErrorHandler.instance()));
    }

    /** A login's events stand in another stream than its user's: both are handled in one order. */
    private static Object person(EventMessage<?> event) {
        if (event.getPayload() instanceof UserEvent ofUser) {
            return ofUser.userId();
        }
        return event.getPayload() instanceof LoginEvent ofLogin ? ofLogin.userId() : event.getIdentifier();
    }
}
